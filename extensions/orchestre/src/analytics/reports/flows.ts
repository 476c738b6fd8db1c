/** Id of the flow (seeds/80-flows-reports.yaml) that switches the sending of reports; it ends with the number of the list of automations. */
export const flow = '6f000000-0000-4000-8000-000000000049';
