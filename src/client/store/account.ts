/** Who uses this phone, as the endpoint last said; sealed on disk. */
import { bytesToText, textToBytes } from '#sync/bytes.ts';
import { memberAccountSchema } from '#sync/protocol.ts';
import type { MemberAccount } from '#sync/protocol.ts';
import type { AccountRow } from './disk.ts';
import type { Safe } from './safe.ts';

const context = 'meta/account';

export async function sealAccount(safe: Safe, account: MemberAccount): Promise<AccountRow> {
  return { key: 'account', box: await safe.seal(textToBytes(JSON.stringify(account)), context) };
}

/** Undefined: damaged. The endpoint says it anew with its next answer; the rest of the phone opens without it. */
export async function openAccount(safe: Safe, row: AccountRow): Promise<MemberAccount | undefined> {
  const plain = await safe.open(row.box, context);
  return plain === undefined ? undefined : memberAccountSchema.parse(JSON.parse(bytesToText(plain)));
}
