/** What every command works with: the endpoint, the author, and somewhere to say what was done. */
import type { CommandContext } from '#domain/command.ts';
import type { Endpoint } from '../endpoint.ts';
import type { AdminCommand } from './command-line.ts';

export interface CommandDesk {
  readonly endpoint: Endpoint;
  /** What the administrator's links begin with, without a slash at the end. */
  readonly publicUrl: string;
  /** The endpoint itself as author. */
  readonly context: CommandContext;
  readonly print: (line: string) => void;
}

export type CommandOf<N extends AdminCommand['name']> = Extract<AdminCommand, { name: N }>;

export const unknownCommune = (communeCode: string) => `Chưa có xã mang mã ${communeCode}. Hãy nạp danh mục tỉnh, xã trước (import-areas).`;

export async function hasCommune(communeCode: string, endpoint: Endpoint, print: CommandDesk['print']): Promise<boolean> {
  const areas = await endpoint.records(communeCode, 'area');
  if (areas.some((area) => area.recordId === communeCode)) return true;
  print(unknownCommune(communeCode));
  return false;
}
