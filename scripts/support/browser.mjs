import { existsSync } from 'node:fs';

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/**
 * The Chromium that the browser test drives: CHROMIUM, or the first of the usual places.
 * @returns {string | undefined} undefined when this machine has none
 */
export const findChromium = () => (process.env.CHROMIUM ? process.env.CHROMIUM : usual.find((path) => existsSync(path)));
