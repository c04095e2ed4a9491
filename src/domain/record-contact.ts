/** A member writes down a talk with a prestigious person. */
import { creation, entryOf } from './command.ts';
import type { CommandContext, CommandError } from './command.ts';
import type { EntryDraft } from './change.ts';
import type { PrestigiousContact } from './prestigious-person.ts';
import type { RecordState } from './record.ts';
import type { Result } from './result.ts';
import { tidyText } from './vietnamese-text.ts';

export type ContactInput = Omit<PrestigiousContact, 'personId' | 'outcome'> & { readonly outcome?: string | undefined };

export function recordContact(
  person: RecordState<'prestigious_person'>,
  input: ContactInput,
  context: CommandContext,
): Result<EntryDraft, CommandError> {
  const contact = creation('prestigious_contact', person.areaId, context.newId(), {
    ...input,
    outcome: tidyText(input.outcome ?? ''),
    personId: person.recordId,
  });
  return contact.ok ? entryOf([contact.value], context) : contact;
}
