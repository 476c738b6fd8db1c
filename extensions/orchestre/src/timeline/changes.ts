import { ref } from 'vue';

/** Counts what the panels of a form have written, so that each reads again what another changed. */
export const changes = ref(0);
