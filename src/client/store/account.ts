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

/** Throws on a box that does not open: only this phone's own data key sealed it. */
export async function openAccount(safe: Safe, row: AccountRow): Promise<MemberAccount> {
  const plain = await safe.open(row.box, context);
  if (plain === undefined) throw new Error('the account on this phone does not open');
  return memberAccountSchema.parse(JSON.parse(bytesToText(plain)));
}
