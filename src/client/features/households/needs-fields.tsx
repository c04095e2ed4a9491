import { useMessages } from '#client/languages/use-messages.ts';
import type { Messages } from '#client/languages/vi.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { useStore } from '#client/store/use-store.ts';
import { Chips, Select } from '#client/ui/choice.tsx';
import { formatNumber } from '#client/ui/numbers.ts';
import { householdNeeds } from '#domain/household.ts';
import type { HouseholdNeed } from '#domain/household.ts';
import { newList } from './household-values.ts';
import type { HouseholdValues } from './household-values.ts';
import { listsInUse } from './lists-in-use.ts';

interface NeedsFieldsProps {
  readonly needs: readonly HouseholdNeed[];
  /** The list's id, or `newList`; undefined: not chosen. */
  readonly list: string | undefined;
  readonly onChange: (values: Pick<HouseholdValues, 'needs' | 'list'>) => void;
  readonly error: string | undefined;
}

/** The bloc's: what an official list says that the household is entitled to, and which list that is. */
export function NeedsFields({ needs, list, onChange, error }: NeedsFieldsProps) {
  const m = useMessages();
  const store = useStore();
  const f = m.households.form;
  return (
    <>
      <Chips
        label={m.words.fields['needs']}
        hint={f.needsRule}
        options={householdNeeds.map((value) => ({ value, label: m.words.needs[value] }))}
        value={needs}
        onChange={(chosen) => onChange({ needs: chosen })}
      />
      {needs.length === 0 ? null : (
        <Select
          label={f.list}
          placeholder={f.chooseList}
          options={[...listOptions(m, store), { value: newList, label: f.newList }]}
          value={list}
          onChange={(chosen) => onChange({ list: chosen })}
          error={error}
        />
      )}
    </>
  );
}

function listOptions(m: Messages, store: Pick<FieldStore, 'all'>) {
  return listsInUse(store.all('household')).map(({ listId, count, needs }) => ({
    value: listId,
    label: m.households.form.listInUse(formatNumber(count), needs.map((need) => m.words.needs[need]).join(', '), listId.slice(-4).toUpperCase()),
  }));
}
