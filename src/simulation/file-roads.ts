/** What waits on a phone goes as a file from hand to hand, and a receipt comes back: whole, doubled, damaged, or by a forger. */
import { loadReceiptFile, makeHandOverFile } from '#client/store/hand-over.ts';
import { createMemoryDisk } from '#client/store/memory-disk.ts';
import { instantOf } from '#domain/identifiers.ts';
import { createReceiptFile, readBundle, splitBundle } from '#sync/bundle.ts';
import type { SealedReceipt } from '#sync/entry.ts';
import type { SyncAnswer } from '#sync/protocol.ts';
import type { BundleFate, Deed, ReceiptFate } from './plan.ts';
import type { SimulatedPhone } from './simulated-phone.ts';
import { forgeReceipt } from './stand-ins.ts';
import type { Stage } from './take-step.ts';

export async function handOver(stage: Stage, phone: SimulatedPhone, { fate, receipt, ms }: Extract<Deed, { do: 'bundle' }>): Promise<void> {
  const { timeline } = stage.run;
  const made = await makeHandOverFile(createMemoryDisk(phone.contents()), timeline.now());
  if (made === undefined) return;
  stage.run.note(`${phone.name} hands over ${made.name}`);
  const text = underWay(made.text, fate);
  void timeline.sleep(ms).then(async () => {
    const receipts = await handIn(stage, text, fate);
    if (fate === 'twice') receipts.push(...(await handIn(stage, text, fate)));
    await timeline.sleep(receipt === 'late' ? 6 * 60_000 : 60_000);
    if (receipts.length > 0 && receipt !== 'lost') await bringBack(stage, phone, receipts, receipt);
  });
}

function underWay(text: string, fate: BundleFate): string {
  if (fate === 'truncated') return text.slice(0, Math.floor(text.length / 2));
  if (fate !== 'tampered') return text;
  const at = text.lastIndexOf('"bytes":"') + 20;
  return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
}

/** Whoever hands it in has no account. What was sealed by nobody's key is refused entry by entry. */
async function handIn({ run, endpoint }: Stage, text: string, fate: BundleFate): Promise<SealedReceipt[]> {
  const read = readBundle(text);
  const isDamaged = fate === 'tampered' || fate === 'truncated';
  if (read.ok === isDamaged) run.broke(`a bundle that was ${fate} was ${read.ok ? 'taken for whole' : `refused: ${read.error.code}`}`);
  run.faults.fired(`bundle ${fate}`);
  if (!read.ok) return [];
  const receipts: SealedReceipt[] = [];
  for (const part of splitBundle(read.value)) {
    const sessions = fate === 'forged' ? part.sessions.map((header) => ({ ...header, signature: 'forged' })) : part.sessions;
    const reply = await endpoint.arrive(undefined, JSON.stringify({ protocol: 1, ...part, sessions, receipts: true }));
    if (reply?.status !== 200) continue;
    const answer = JSON.parse(reply.text) as SyncAnswer;
    if (fate === 'forged' && answer.entries.some(({ outcome }) => outcome === 'kept')) run.broke('an entry whose session nobody signed was kept');
    receipts.push(...(answer.receipts ?? []));
  }
  return receipts;
}

async function bringBack({ run }: Stage, phone: SimulatedPhone, receipts: readonly SealedReceipt[], fate: ReceiptFate): Promise<void> {
  const tab = phone.tabs().find((one) => !one.isAsleep());
  if (tab === undefined) return;
  const sealed = fate === 'forged' ? receipts.map(forgeReceipt) : fate === 'of_another' ? receipts.map((one) => ({ ...one, session: 'x'.repeat(22) })) : receipts;
  const endpointId = phone.present().endpoint.endpointId;
  const text = createReceiptFile(sealed, { endpointId, madeAt: instantOf(run.timeline.now()) });
  try {
    const loaded = await loadReceiptFile(tab.store, text);
    if (!loaded.ok) return run.broke(`a receipt was refused: ${loaded.error.code}`);
    run.note(`${phone.name} loads receipts (${fate}): ${loaded.value.settled} settled, ${loaded.value.notOurs} not ours`);
    if ((fate === 'forged' || fate === 'of_another') && loaded.value.settled > 0) run.broke(`${phone.name} believed a receipt that was ${fate}`);
    if (fate !== 'lost') run.faults.fired(fate === 'of_another' ? 'receipt of another' : `receipt ${fate}`);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'StorageFailure')) throw error;
  }
}
