import { useDeferredValue, useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { householdOf } from '#client/store/household-in-hand.ts';
import { Empty } from '#client/ui/empty.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { SearchField } from '#client/ui/search-field.tsx';
import { Section } from '#client/ui/section.tsx';
import { isStanding } from '#domain/household.ts';
import { likelyDoubles } from '#domain/likely-doubles.ts';
import { presentArea } from '#domain/permissions.ts';
import type { RecordState } from '#domain/record.ts';
import { MergeForm } from './merge-form.tsx';

type Household = RecordState<'household'>;
const mostFound = 20;

/** Two records of one household: the other one is found first, then both are compared. */
export function MergePage({ household }: { readonly household: Household }) {
  const store = useStore();
  const [otherId, setOtherId] = useState<string | undefined>(undefined);
  const other = otherId === undefined ? undefined : householdOf(store, otherId);
  if (other === undefined || !isStanding(other.fields)) return <FindOther household={household} onChoose={setOtherId} />;
  return <MergeForm key={other.recordId} household={household} other={other} onChooseOther={() => setOtherId(undefined)} />;
}

function FindOther({ household, onChoose }: { readonly household: Household; readonly onChoose: (householdId: string) => void }) {
  const m = useMessages();
  const store = useStore();
  const w = m.households.merging;
  const [text, setText] = useState('');
  const searched = useDeferredValue(text.trim());
  const hamletId = presentArea(household.areaId, store);
  const isOther = ({ recordId }: Household) => recordId !== household.recordId;
  const likely = likelyDoubles(household.fields, store.searchHouseholds('', hamletId).filter(isOther));
  const found = searched === '' ? [] : store.searchHouseholds(searched, hamletId).filter(isOther).slice(0, mostFound);
  const row = ({ recordId, fields }: Household, detail = fields.houseLabel) => (
    <Row key={recordId} title={m.words.household(fields.headName, fields.no)} detail={detail} onClick={() => onChoose(recordId)} />
  );
  return (
    <Page title={w.title} back={paths.household(household.recordId)}>
      <div>
        <p>
          <strong>{m.words.household(household.fields.headName, household.fields.no)}</strong>
        </p>
        <p className="quiet">{w.choose}</p>
      </div>
      {likely.length === 0 ? null : (
        <Section title={w.likely}>
          <List label={w.likely}>{likely.slice(0, 5).map((double) => row(double.household, `${double.household.fields.houseLabel} · ${double.signs.map((sign) => m.households.form.signs[sign]).join(', ')}`))}</List>
        </Section>
      )}
      <SearchField label={w.search} value={text} onChange={setText} />
      {found.length > 0 ? <List label={w.choose}>{found.map((one) => row(one))}</List> : searched === '' ? null : <Empty>{w.noneFound}</Empty>}
    </Page>
  );
}
