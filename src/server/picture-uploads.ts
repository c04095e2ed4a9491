/**
 * Uploads of pictures while they are under way: files in a folder of their own, one an upload, by the tus protocol (`@tus/server`). Whatever reached this machine before a line was cut
 * stays and is gone on from. What is whole moves into the database; what is given up goes after some days.
 */
import { mkdirSync } from 'node:fs';
import { readFile, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FileStore } from '@tus/file-store';
import { MemoryLocker, Server } from '@tus/server';
import { maxSealedPictureBytes } from '#sync/entry.ts';
import { readUploadId, uploadPath, uploadRefusals } from '#sync/picture-calls.ts';
import type { NotTaken, Pictures } from './pictures.ts';
import { readPart } from './upload-part.ts';
import type { IncomingPart } from './upload-part.ts';

/** An upload that nobody went on with: a phone that has no signal for longer begins again. */
const keepUnfinishedMs = 7 * 24 * 3_600_000;

export interface PictureUploads {
  /** A request of the tus protocol about one upload, asked by somebody who may. */
  answer(uploadId: string, request: Request): Promise<Response>;
  /** Throws away what nobody goes on with, and what nobody waits for any more. Gives how many. */
  sweep(): Promise<number>;
}

/** What the library answers with when it is thrown. */
class UploadRefused extends Error {
  readonly status_code: number;
  readonly body: string;

  constructor(reason: NotTaken) {
    super(reason);
    this.status_code = reason === 'damaged' || reason === 'unreadable' ? uploadRefusals[reason] : 404;
    this.body = JSON.stringify({ error: reason });
  }
}

export function createPictureUploads(deps: {
  readonly folder: string;
  readonly pictures: Pick<Pictures, 'take' | 'isWanted'>;
  readonly clock: { now(): number };
}): PictureUploads {
  const { folder, pictures, clock } = deps;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const store = new FileStore({ directory: folder });
  // Of the protocol's extensions the one that a phone needs.
  store.extensions = ['creation'];
  const underWay = new Map<string, { readonly part: IncomingPart; readonly done: Promise<unknown> }>();
  const server = new Server({
    path: uploadPath,
    datastore: store,
    locker: new MemoryLocker(),
    maxSize: maxSealedPictureBytes,
    relativeLocation: true,
    allowedOrigins: [],
    namingFunction: (request) => new URL(request.url, 'http://endpoint').pathname.split('/').at(-1) ?? '',
    async onUploadFinish(_request, upload) {
      const refused = await finish(upload.id);
      if (refused !== undefined) throw new UploadRefused(refused);
      return {};
    },
  });

  /** What is whole becomes the record's picture, or goes. Undefined: it was taken. */
  async function finish(uploadId: string): Promise<NotTaken | undefined> {
    const named = readUploadId(uploadId);
    if (named === undefined) return 'unknown';
    const box = await readFile(join(folder, uploadId)).catch(() => undefined);
    // Two requests may have seen that it was whole: the other has taken it.
    if (box === undefined) return (await pictures.isWanted(named.communeCode, named.recordId)) ? 'damaged' : undefined;
    const taken = await pictures.take(named.communeCode, named.recordId, new Uint8Array(box));
    await remove(uploadId);
    return taken.ok ? undefined : taken.error;
  }

  async function remove(uploadId: string): Promise<void> {
    // First what makes it an upload: a file without it is swept.
    await rm(join(folder, `${uploadId}.json`), { force: true });
    await rm(join(folder, uploadId), { force: true });
  }

  /** The machine may have stopped between the last byte and its being taken. */
  async function finishIfWhole(uploadId: string): Promise<void> {
    const upload = await store.getUpload(uploadId).catch(() => undefined);
    if (upload !== undefined && upload.offset === upload.size) await finish(uploadId);
  }

  async function takePart(uploadId: string, request: Request): Promise<Response> {
    const part = readPart(request.body, maxSealedPictureBytes);
    const answering = part.bytes.then(async (bytes) => {
      const { url, method } = request;
      const headers = new Headers(request.headers);
      headers.delete('content-length');
      return await server.handleWeb(new Request(url, { method, headers, body: bytes }));
    });
    const entry = { part, done: answering.catch(() => undefined) };
    underWay.set(uploadId, entry);
    try {
      return await answering;
    } finally {
      if (underWay.get(uploadId) === entry) underWay.delete(uploadId);
    }
  }

  return {
    async answer(uploadId, request) {
      // A phone that asks anew has given up on what it sent before, also where this side has not heard yet that its line is gone.
      const before = underWay.get(uploadId);
      before?.part.end();
      await before?.done;
      if (request.method === 'HEAD') await finishIfWhole(uploadId);
      const answered = request.method === 'PATCH' ? await takePart(uploadId, request) : await server.handleWeb(request);
      const headers = new Headers(answered.headers);
      // Nobody else's page has any business here.
      for (const name of answered.headers.keys()) if (name.startsWith('access-control-')) headers.delete(name);
      headers.set('cache-control', 'no-store');
      return new Response(answered.body, { status: answered.status, headers });
    },
    async sweep() {
      let swept = 0;
      const names = new Set((await readdir(folder)).map((name) => name.replace(/\.json$/, '')));
      for (const name of names) {
        const named = readUploadId(name);
        const age = await ageOf(join(folder, name), clock.now());
        const isKept = named !== undefined && age < keepUnfinishedMs && (await pictures.isWanted(named.communeCode, named.recordId));
        if (isKept) continue;
        await remove(name);
        swept += 1;
      }
      return swept;
    },
  };
}

async function ageOf(path: string, now: number): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? Infinity : now - found.mtimeMs;
}
