/** `npm run admin -- <command>`: opens the endpoint's own folder, beside a running endpoint or without one, and carries out one command. */
import { createNewRandomId } from '#sync/new-id.ts';
import { readEnvironment } from '../environment.ts';
import { openEndpoint } from '../open-endpoint.ts';
import type { OpenedEndpoint } from '../open-endpoint.ts';
import { readCommand } from './command-line.ts';
import type { AdminCommand } from './command-line.ts';
import { helpText } from './help-text.ts';
import { runCommand } from './run-command.ts';

function stopWith(...lines: readonly string[]): never {
  for (const line of lines) console.error(line);
  process.exit(1);
}

const messageOf = (reason: unknown) => (reason instanceof Error ? reason.message : String(reason));

async function carryOut(command: Exclude<AdminCommand, { name: 'help' }>): Promise<boolean> {
  const environment = readEnvironment(process.env);
  if (!environment.ok) stopWith('Cấu hình sai:', ...environment.error.map((line) => `  ${line}`));
  const { varDir, publicUrl } = environment.value;
  const opened: OpenedEndpoint = await openEndpoint({ varDir, log: (line) => console.error(line) }).catch((reason: unknown) =>
    stopWith(`Không mở được sổ trong ${varDir}: ${messageOf(reason)}`),
  );
  const { endpoint, clock, newId, random } = opened;
  const context = { now: clock.now(), newId, newRandomId: createNewRandomId(random), random, memberId: endpoint.identity().endpointId };
  try {
    return await runCommand(command, { endpoint, publicUrl, context, print: (line) => console.log(line) });
  } finally {
    await opened.close();
  }
}

// As the endpoint does: a command may be the first to make the database.
process.umask(0o077);
const command = readCommand(process.argv.slice(2));
if (!command.ok) stopWith(command.error, 'Xem cách dùng: npm run admin -- help');
if (command.value.name === 'help') console.log(helpText);
else {
  try {
    // Set, not called: what was printed into a pipe is still on its way.
    process.exitCode = (await carryOut(command.value)) ? 0 : 1;
  } catch (reason) {
    stopWith(`Lỗi ngoài dự kiến, lệnh chưa hoàn thành: ${messageOf(reason)}`);
  }
}
