/**
 * Finds the browser the stories run in, or installs one. `node tools/browser.ts` prints its path.
 * Order: what GAN_DAN_BROWSER or CHROMIUM_PATH names, the system's own, Playwright's if it was downloaded, then install.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { TOP } from './run-command.ts';

export interface Browser {
  readonly executablePath: string;
  /** Nothing of the browser's own may talk to the network or stand in the way of a run without a screen. */
  readonly args: readonly string[];
}

/** What the search asks of the machine it runs on. */
export interface Machine {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  /** Where Playwright keeps its own, whether or not it was downloaded. */
  readonly playwrightPath: string;
  /** True when the program is there and answers `--version`; a stub that only names another package does not. */
  answers(executablePath: string): boolean;
  /** Runs an installer and shows what it says; false when it is missing or fails. */
  install(command: string, args: readonly string[]): boolean;
}

const BROWSER_ARGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
const PLAYWRIGHT = path.join(TOP, 'node_modules/.bin/playwright');
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const FOLDERS = ['/usr/bin', '/usr/local/bin', '/opt/google/chrome', '/snap/bin'];
const OTHER_PLACES = [
  '/usr/lib/chromium/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Throws, saying what to do, when a named browser does not start and when none is found nor can be installed. */
export async function findBrowser(machine: Machine = thisMachine()): Promise<Browser> {
  const { environment } = machine;
  const named = environment['GAN_DAN_BROWSER'] ?? environment['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    if (machine.answers(named)) return asBrowser(named);
    throw new Error(`The browser named by GAN_DAN_BROWSER or CHROMIUM_PATH does not start: ${named}`);
  }
  const present = firstThatAnswers(machine);
  if (present !== undefined) return asBrowser(present);

  const installers: [command: string, args: string[]][][] = [
    ...(machine.isRoot ? [[
      ['apt-get', ['update']],
      ['apt-get', ['install', '-y', '--no-install-recommends', 'chromium']],
    ] satisfies [string, string[]][]] : []),
    [[PLAYWRIGHT, ['install', ...(machine.isRoot ? ['--with-deps'] : []), 'chromium']]],
  ];
  for (const steps of installers) {
    if (!steps.every(([command, args]) => machine.install(command, args))) continue;
    const installed = firstThatAnswers(machine);
    if (installed !== undefined) return asBrowser(installed);
  }
  throw new Error(
    'No browser was found and none could be installed. Install Chromium or Google Chrome, or run ' +
    '`npx playwright install chromium`, or set GAN_DAN_BROWSER to the program of one.',
  );
}

function firstThatAnswers(machine: Machine): string | undefined {
  const folders = [...FOLDERS, ...(machine.environment['PATH'] ?? '').split(path.delimiter)];
  const places = NAMES.flatMap((name) => folders.filter((folder) => folder !== '').map((folder) => path.join(folder, name)));
  return [...new Set([...places, ...OTHER_PLACES, machine.playwrightPath])].find((place) => machine.answers(place));
}

function asBrowser(executablePath: string): Browser {
  return { executablePath, args: BROWSER_ARGS };
}

function thisMachine(): Machine {
  return {
    environment: process.env,
    isRoot: process.getuid?.() === 0,
    playwrightPath: chromium.executablePath(),
    answers(executablePath) {
      if (!existsSync(executablePath)) return false;
      return spawnSync(executablePath, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
    },
    install(command, args) {
      console.error(`No browser yet: ${command} ${args.join(' ')}`);
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      try {
        execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env });
        return true;
      } catch {
        return false;
      }
    },
  };
}

if (import.meta.main) console.log((await findBrowser()).executablePath);
