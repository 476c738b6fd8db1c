import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/support/browser.mjs';
import { root } from '../../scripts/support/environment.mjs';

/** Where the tests put what they saw. */
export const pictures = join(root, 'tests', 'pictures');
mkdirSync(pictures, { recursive: true });

/** A Chromium as French staff have it, `height` pixels high. */
export async function openBrowser(height: number): Promise<{ browser: Browser; context: BrowserContext }> {
	const browser = await chromium.launch({
		executablePath: findChromium() ?? '',
		args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-background-networking'],
	});
	return { browser, context: await browser.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', viewport: { width: 1920, height } }) };
}

export async function logIn(page: Page, url: string, email: string, password: string): Promise<void> {
	await page.goto(`${url}/admin/login`);
	await page.locator('input[type=email]').fill(email);
	await page.locator('input[type=password]').fill(password);
	await page.locator('button[type=submit]').click();
	await page.waitForURL((after) => !after.pathname.endsWith('/login'));
}

/**
 * What goes wrong on a page from now on: errors of its scripts, requests without an answer, and answers from 400 on that `isExpected` does not
 * name. A request that is cut off because the page was left is no fault, though the app throws « Network Error » for it as for any other.
 */
export function watchFaults(page: Page, isExpected: (url: string) => boolean = () => false): string[] {
	const faults: string[] = [];
	page.on('pageerror', ({ message }) => message !== 'Network Error' && faults.push(message));
	page.on('requestfailed', (request) => {
		const reason = request.failure()?.errorText;
		if (reason !== 'net::ERR_ABORTED' && !isExpected(request.url())) faults.push(`${reason} ${request.url()}`);
	});
	page.on('response', (response) => {
		if (response.status() >= 400 && !isExpected(response.url())) faults.push(`${response.status()} ${response.url()}`);
	});
	return faults;
}

/** A new page of somebody who has logged in, and what goes wrong on it from then on. */
export async function openPage(context: BrowserContext, url: string, email: string, password: string): Promise<{ page: Page; faults: string[] }> {
	const page = await context.newPage();
	await logIn(page, url, email, password);
	return { page, faults: watchFaults(page) };
}

/** A browser of its own, `height` pixels high, with that page in it. */
export async function openAs(
	url: string,
	email: string,
	password: string,
	height: number,
): Promise<{ browser: Browser; context: BrowserContext; page: Page; faults: string[] }> {
	const opened = await openBrowser(height);
	return { ...opened, ...(await openPage(opened.context, url, email, password)) };
}
