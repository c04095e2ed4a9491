import { describe, expect, test } from 'vitest';
import { findBrowser, type Machine } from './browser.ts';

const PLAYWRIGHTS_OWN = '/home/lan/.cache/ms-playwright/chromium/chrome';

/** A machine with these programs, and installers that bring a program (or nothing) when they are run. */
function machineWith(present: string[], brings: Record<string, string> = {}, rest: Partial<Machine> = {}) {
  const programs = new Set(present);
  const installed: string[] = [];
  const machine: Machine = {
    environment: { PATH: '/home/lan/bin:/usr/bin' },
    isRoot: true,
    playwrightPath: PLAYWRIGHTS_OWN,
    answers: (executablePath) => programs.has(executablePath),
    install: (command, args) => {
      const line = [command.replace(/^.*\//u, ''), ...args].join(' ');
      installed.push(line);
      const brought = brings[line];
      if (brought !== undefined) programs.add(brought);
      return line === 'apt-get update' ? 'apt-get update' in brings : brought !== undefined;
    },
    ...rest,
  };
  return { machine, installed };
}

const APT = 'apt-get install -y --no-install-recommends chromium';

describe('the browser is found in this order', () => {
  test('the one the environment names, before the system\'s', async () => {
    const { machine } = machineWith(['/my/chrome', '/usr/bin/chromium'], {}, { environment: { GAN_DAN_BROWSER: '/my/chrome' } });
    expect((await findBrowser(machine)).executablePath).toBe('/my/chrome');
  });

  test('a named one that does not start is an error, never silently another', async () => {
    const { machine } = machineWith(['/usr/bin/chromium'], {}, { environment: { CHROMIUM_PATH: '/gone' } });
    await expect(findBrowser(machine)).rejects.toThrow('/gone');
  });

  test('the system\'s, before Playwright\'s own', async () => {
    const { machine, installed } = machineWith([PLAYWRIGHTS_OWN, '/usr/bin/google-chrome']);
    expect((await findBrowser(machine)).executablePath).toBe('/usr/bin/google-chrome');
    expect(installed).toEqual([]);
  });

  test('one that stands on PATH alone', async () => {
    const { machine } = machineWith(['/home/lan/bin/chromium']);
    expect((await findBrowser(machine)).executablePath).toBe('/home/lan/bin/chromium');
  });

  test('Playwright\'s own, when it was downloaded', async () => {
    const { machine, installed } = machineWith([PLAYWRIGHTS_OWN]);
    expect((await findBrowser(machine)).executablePath).toBe(PLAYWRIGHTS_OWN);
    expect(installed).toEqual([]);
  });
});

describe('where there is none it is installed', () => {
  test('from the system\'s packages as root', async () => {
    const { machine, installed } = machineWith([], { 'apt-get update': '', [APT]: '/usr/bin/chromium' });
    expect((await findBrowser(machine)).executablePath).toBe('/usr/bin/chromium');
    expect(installed).toEqual(['apt-get update', APT]);
  });

  test('by Playwright when the system\'s package is only a stub that does not answer', async () => {
    const { machine } = machineWith([], {
      'apt-get update': '', [APT]: '/usr/bin/a-stub', 'playwright install --with-deps chromium': PLAYWRIGHTS_OWN,
    });
    expect((await findBrowser(machine)).executablePath).toBe(PLAYWRIGHTS_OWN);
  });

  test('by Playwright alone without root', async () => {
    const { machine, installed } = machineWith([], { 'playwright install chromium': PLAYWRIGHTS_OWN }, { isRoot: false });
    expect((await findBrowser(machine)).executablePath).toBe(PLAYWRIGHTS_OWN);
    expect(installed).toEqual(['playwright install chromium']);
  });

  test('and where nothing helps, it says what to do', async () => {
    await expect(findBrowser(machineWith([]).machine)).rejects.toThrow(/set GAN_DAN_BROWSER/u);
  });
});

test('the browser is kept off the network and runs as root without a screen', async () => {
  const { args } = await findBrowser(machineWith(['/usr/bin/chromium']).machine);
  expect(args).toEqual(expect.arrayContaining(['--no-sandbox', '--disable-background-networking', '--disable-component-update']));
});
