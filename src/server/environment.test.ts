import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { invitationLink, readEnvironment } from './environment.ts';

test('nothing set: loopback, port 8787, the folder var, links to itself', () => {
  expect(readEnvironment({})).toEqual({
    ok: true,
    value: { port: 8787, host: '127.0.0.1', varDir: 'var', appDir: undefined, publicUrl: 'http://127.0.0.1:8787', trustProxy: false, firstCommune: '99904' },
  });
});

test('links begin with the public address, and what is secret stands behind the #', () => {
  const environment = readEnvironment({ PUBLIC_URL: 'https://gan-dan.example/', TRUST_PROXY: '1' });
  expect(environment).toMatchObject({ ok: true, value: { publicUrl: 'https://gan-dan.example', trustProxy: true } });
  expect(invitationLink('https://gan-dan.example', '99904.abc')).toBe('https://gan-dan.example/moi#99904.abc');
});

test('all that is wrong is named at once', () => {
  const environment = readEnvironment({ PORT: '70000', HOST: 'a b', PUBLIC_URL: 'https://x.example/path', TRUST_PROXY: 'maybe', FIRST_COMMUNE: '4', VAR_DIR: '', APP_DIR: 'docs' });
  expect(environment.ok ? [] : environment.error.map((line) => line.split('=')[0])).toEqual(['PORT', 'HOST', 'APP_DIR', 'PUBLIC_URL', 'TRUST_PROXY', 'FIRST_COMMUNE']);
});

test('another built app is served where its folder holds one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gan-dan-app-'));
  try {
    expect(readEnvironment({ APP_DIR: folder })).toEqual({ ok: false, error: [`APP_DIR=${folder}: expected a folder with the built app, its index.html in it`] });
    writeFileSync(join(folder, 'index.html'), '<!doctype html>');
    expect(readEnvironment({ APP_DIR: folder })).toMatchObject({ ok: true, value: { appDir: folder } });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
