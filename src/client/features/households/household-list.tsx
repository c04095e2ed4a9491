import { memo, useDeferredValue, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { lastVisitWords } from '#client/languages/last-visit-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { FieldStore, HouseholdOrder } from '#client/store/field-store.ts';
import { hamletsToWriteIn } from '#client/store/household-in-hand.ts';
import { areaName, myHamlets, standingHamlets } from '#client/store/my-hamlets.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button, ButtonLink } from '#client/ui/button.tsx';
import { Select } from '#client/ui/choice.tsx';
import { formatAgo } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { Icon } from '#client/ui/icon.tsx';
import { Row } from '#client/ui/list.tsx';
import type { RowPlace } from '#client/ui/list.tsx';
import { LongList } from '#client/ui/long-list.tsx';
import { formatNumber } from '#client/ui/numbers.ts';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { SearchField } from '#client/ui/search-field.tsx';
import { lastVisit } from '#domain/last-visit.ts';
import type { RecordState } from '#domain/record.ts';
import { isOfBloc } from '#domain/role.ts';
import styles from './household-list.module.css';
import { keepLook, keepOrder, keptOrder, lastLook } from './list-choices.ts';

type Household = RecordState<'household'>;

/** The households of my hamlet (for the commune's people: of all hamlets, or one), found as typed. */
export function HouseholdList() {
  const m = useMessages();
  const store = useStore();
  const [look] = useState(() => lastLook(store));
  const [text, setText] = useState(look.text);
  const [hamletId, setHamletId] = useState(look.hamletId);
  const [order, setOrder] = useState(keptOrder);
  // Typing stays quick in a long list: the rows follow a moment later.
  const searched = useDeferredValue(text.trim());
  const [mine, ...others] = myHamlets(store);
  const hamlets = isOfBloc(store.account()) ? standingHamlets(store) : [];
  const chosen = hamlets.find((id) => id === hamletId);
  useScrollKept(store, { text, hamletId: chosen }, look.scrolled);

  const sortBy = (next: HouseholdOrder) => {
    setOrder(next);
    keepOrder(next);
  };
  return (
    <Page title={m.households.title} actions={mine === undefined || others.length > 0 ? undefined : areaName(store, mine)}>
      <SearchField label={m.households.search} value={text} onChange={setText} />
      {hamlets.length < 2 ? null : (
        <Select
          label={m.households.hamlet}
          options={[{ value: '', label: m.households.allHamlets }, ...hamlets.map((value) => ({ value, label: areaName(store, value) }))]}
          value={chosen ?? ''}
          onChange={(next) => setHamletId(next === '' ? undefined : next)}
        />
      )}
      <FoundHouseholds text={searched} hamletId={chosen} order={order} onSort={sortBy} />
    </Page>
  );
}

/** Back from a household the list is where it was: twenty thousand rows are not scrolled through twice. */
function useScrollKept(store: FieldStore, look: { readonly text: string; readonly hamletId: string | undefined }, scrolled: number): void {
  const latest = useRef(look);
  useEffect(() => {
    latest.current = look;
  });
  useLayoutEffect(() => {
    window.scrollTo(0, scrolled);
    let at = scrolled;
    // When the list leaves the screen, the page has no height any more to have been scrolled in.
    const note = () => {
      at = window.scrollY;
    };
    window.addEventListener('scroll', note, { passive: true });
    return () => {
      window.removeEventListener('scroll', note);
      keepLook(store, { ...latest.current, scrolled: at });
    };
  }, [store, scrolled]);
}

interface FoundProps {
  readonly text: string;
  readonly hamletId: string | undefined;
  readonly order: HouseholdOrder;
  readonly onSort: (order: HouseholdOrder) => void;
}

/** Drawn again when the text or the store changes, not at each key. */
const FoundHouseholds = memo(function FoundHouseholds({ text, hamletId, order, onSort }: FoundProps) {
  const m = useMessages();
  const store = useStore();
  const mine = myHamlets(store);
  const within = hamletId ?? (isOfBloc(store.account()) ? undefined : mine);
  const isOneHamlet = hamletId !== undefined || (within !== undefined && within.length === 1);
  const found = store.searchHouseholds(text, within, { order });
  const past = store.searchHouseholds(text, within, { order, isPast: true });
  const other = order === 'number' ? 'name' : 'number';
  return (
    <>
      <div className={styles['above']}>
        <p className="quiet" aria-live="polite">
          {m.households.count(formatNumber(found.length))}
        </p>
        <Button variant="bare" onClick={() => onSort(other)}>
          {m.households.sortBy[other]}
        </Button>
        {isOfBloc(store.account()) ? <ButtonLink href={paths.importList()}>{m.listImport.title}</ButtonLink> : null}
        {hamletsToWriteIn(store).length === 0 ? null : (
          <ButtonLink href={paths.newHousehold()}>
            <Icon name="plus" />
            {m.households.form.newTitle}
          </ButtonLink>
        )}
      </div>
      {found.length > 0 ? (
        <LongList label={m.households.title} rows={found} keyOf={idOf}>
          {(household, place) => <HouseholdRow key={household.recordId} household={household} place={place} store={store} isOneHamlet={isOneHamlet} />}
        </LongList>
      ) : (
        <Empty>{text === '' ? m.households.none : m.households.notFound(text)}</Empty>
      )}
      {past.length === 0 ? null : <PastHouseholds past={past} store={store} isOneHamlet={isOneHamlet} />}
    </>
  );
});

/** Doubles and closed ones, one press away. */
function PastHouseholds({ past, store, isOneHamlet }: { readonly past: readonly Household[]; readonly store: FieldStore; readonly isOneHamlet: boolean }) {
  const m = useMessages();
  const [isOpen, setIsOpen] = useState(false);
  const label = m.households.past(formatNumber(past.length));
  return (
    <Fold label={label} onToggle={setIsOpen}>
      {!isOpen ? null : (
        <LongList label={label} rows={past} keyOf={idOf}>
          {(household, place) => <HouseholdRow key={household.recordId} household={household} place={place} store={store} isOneHamlet={isOneHamlet} />}
        </LongList>
      )}
    </Fold>
  );
}

interface HouseholdRowProps {
  readonly household: Household;
  readonly place: RowPlace | undefined;
  readonly store: FieldStore;
  readonly isOneHamlet: boolean;
}

function HouseholdRow({ household: { recordId, areaId, fields }, place, store, isOneHamlet }: HouseholdRowProps) {
  const m = useMessages();
  const where = isOneHamlet ? fields.houseLabel : `${areaName(store, areaId)} · ${fields.houseLabel}`;
  return <Row href={paths.household(recordId)} title={m.words.household(fields.headName, fields.no)} detail={`${where} · ${stateWords()}`} place={place} />;

  function stateWords(): string {
    if (fields.mergedInto !== undefined) return m.households.pastMarks.merged;
    if (fields.closedReason !== undefined) return m.households.pastMarks.closed(m.words.closingReasons[fields.closedReason]);
    return lastVisitWords(m, lastVisit(store.childrenOf('visit', recordId)), formatAgo);
  }
}

function idOf({ recordId }: Household): string {
  return recordId;
}
