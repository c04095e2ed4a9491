import { useEffect, useState } from 'react';
import { failureWords } from '#client/languages/error-words.ts';
import { namesBy } from '#client/languages/record-title.ts';
import { fieldName, inFieldOrder, valueWords } from '#client/languages/record-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { Messages } from '#client/languages/vi.ts';
import { fetchHistory } from '#client/remote/history.ts';
import type { RecordHistory as Told } from '#client/remote/history.ts';
import type { SessionCallError } from '#client/remote/session-calls.ts';
import { useCalls } from '#client/remote/use-calls.ts';
import { memberName } from '#client/store/my-hamlets.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { classNames } from '#client/ui/class-names.ts';
import { formatDay, formatMoment } from '#client/ui/dates.ts';
import { Fold } from '#client/ui/fold.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { formatNumber } from '#client/ui/numbers.ts';
import { useOnline } from '#client/ui/use-online.ts';
import type { AnyRecord } from '#domain/record.ts';
import { knownMoments, momentsOf, unsentMoments } from './moments.ts';
import type { Moment, Setting } from './moments.ts';
import styles from './record-history.module.css';

/** Who set what on this record and when, the newest first; asked of the commune only once it is opened. */
export function RecordHistory({ recordId }: { readonly recordId: string }) {
  const m = useMessages();
  const record = useStore().find(recordId);
  const [isOpen, setIsOpen] = useState(false);
  const [tries, setTries] = useState(0);
  if (record === undefined) return null;
  return (
    <Fold label={m.history.title} onToggle={setIsOpen}>
      {/* Asked anew when the record has changed, or when the person asks. */}
      {isOpen ? <Moments key={`${record.version} ${tries}`} record={record} onAskAgain={() => setTries((before) => before + 1)} /> : null}
    </Fold>
  );
}

type Asked =
  | { readonly at: 'asking' }
  | { readonly at: 'told'; readonly history: Told }
  | { readonly at: 'failed'; readonly error: SessionCallError };

function Moments({ record, onAskAgain }: { readonly record: AnyRecord; readonly onAskAgain: () => void }) {
  const m = useMessages();
  const store = useStore();
  const calls = useCalls();
  const isOnline = useOnline();
  const [asked, setAsked] = useState<Asked>({ at: 'asking' });
  const { recordId, version } = record;
  // A record that only this phone has is no question for the commune.
  const isAsked = isOnline && version > 0;

  useEffect(() => {
    if (!isAsked) return undefined;
    let isShown = true;
    void fetchHistory(calls, recordId).then((answer) => {
      if (isShown) setAsked(answer.ok ? { at: 'told', history: answer.value } : { at: 'failed', error: answer.error });
    });
    return () => {
      isShown = false;
    };
  }, [calls, recordId, isAsked]);

  const told = isAsked && asked.at === 'told' ? momentsOf(asked.history) : undefined;
  const moments = told === undefined ? [...unsentMoments(store, recordId), ...knownMoments(record)] : [...unsentMoments(store, recordId, told), ...told];
  return (
    <div className="stack">
      <div role="status" className="status">
        {isAsked && asked.at === 'asking' ? <p className="quiet">{m.history.asking}</p> : null}
        {!isOnline && version > 0 ? <Notice tone="calm">{m.history.onlyKnownHere}</Notice> : null}
        {isAsked && asked.at === 'failed' ? (
          <Notice tone="calm">
            {/* 404: the commune has it and this member may no longer ask for it, or it is not there yet. */}
            <p>{m.history.failed(failureWords(m, asked.error, () => m.errors.permission['no_access']))}</p>
            <div className="line">
              <Button onClick={onAskAgain}>{m.history.tryAgain}</Button>
            </div>
          </Notice>
        ) : null}
      </div>
      {moments.length === 0 ? <p className="quiet">{m.history.noneYet}</p> : null}
      <ol className={styles['moments']}>
        {moments.map((moment) => (
          <MomentLines key={moment.key} moment={moment} record={record} store={store} />
        ))}
      </ol>
    </div>
  );
}

function MomentLines({ moment, record, store }: { readonly moment: Moment; readonly record: AnyRecord; readonly store: FieldStore }) {
  const m = useMessages();
  const who = moment.memberId === store.account().memberId ? m.conflict.you : (memberName(store, moment.memberId) ?? moment.memberName ?? '');
  const isDeletion = moment.settings.some(({ field }) => field === 'deleted');
  const inOrder = inFieldOrder(m, moment.settings.map((setting) => [setting.field, setting] as const));
  const lines = inOrder.flatMap(([, setting]) => settingLine(m, store, record, setting) ?? []);
  const did = isDeletion ? m.history.deleted : moment.isFirst ? m.history.first : m.history.changed;
  return (
    <li className={classNames(styles['moment'], moment.isOnlyHere && styles['onlyHere'])}>
      <p className={styles['who']}>
        <strong>{who === '' ? m.history.unnamed : who}</strong> {did} · {formatMoment(moment.occurredAt)}
        {moment.isOnlyHere ? ` · ${m.history.notSentYet}` : ''}
      </p>
      {lines.map(({ name, words, isAside }) => (
        <p key={name}>
          <span className={styles['name']}>{name}:</span> {words}
          {isAside ? ` (${m.history.laidAside})` : ''}
        </p>
      ))}
      {lines.length === 0 && moment.settings.length > 0 && !isDeletion ? <p className="quiet">{m.history.quietly}</p> : null}
    </li>
  );
}

/** Undefined: nothing a person could read. */
function settingLine(m: Messages, store: FieldStore, { kind }: AnyRecord, { field, value, isAside }: Setting) {
  const name = fieldName(m, field);
  if (name === undefined || field === 'deleted') return undefined;
  const nameOf = namesBy(m, { find: (id) => store.find(id), day: formatDay });
  const isEmpty = value === null || value === undefined;
  const words = isEmpty ? m.history.cleared : valueWords(m, kind, field, value, { day: formatDay, amount: formatNumber, nameOf });
  return words === undefined ? undefined : { name, words, isAside: isAside === true };
}
