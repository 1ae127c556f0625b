import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts Chromium, or says what to do: a test that is not run proves nothing. */
export async function startChromium(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place));
  if (executablePath === undefined) {
    throw new Error(
      'npm run test:browser needs Chromium: apt-get install chromium, or tell where it is in CHROMIUM',
    );
  }
  // The sandbox needs rights that containers mostly have not; pages here are the tests' own.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** What a page asked for, and what it complained of. */
export interface Watched {
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
}

export function watch(page: Page): Watched {
  const [requests, complaints] = [[] as string[], [] as string[]];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { requests, complaints };
}
