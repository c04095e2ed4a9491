import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { myHamlets } from '#client/store/my-hamlets.ts';
import { useStore } from '#client/store/use-store.ts';
import { ButtonLink } from '#client/ui/button.tsx';
import { Choice } from '#client/ui/choice.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { Icon } from '#client/ui/icon.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { SearchField } from '#client/ui/search-field.tsx';
import type { RecordState } from '#domain/record.ts';
import { readReceiptCode } from '#domain/receipt-code.ts';
import { withoutDiacritics } from '#domain/vietnamese-text.ts';
import { feedbackViews, viewOf } from './feedback-filter.ts';
import type { FeedbackView } from './feedback-filter.ts';

/** What was said in my hamlet and where it stands, newest first. Whoever shows a receipt code finds theirs. */
export function FeedbackList() {
  const m = useMessages();
  const store = useStore();
  const [view, setView] = useState<FeedbackView | 'all'>('all');
  const [whose, setWhose] = useState<'hamlet' | 'mine'>('hamlet');
  const [text, setText] = useState('');
  const hamlets = myHamlets(store);
  const { memberId } = store.account();
  const inReach = hamlets.length === 0 ? store.all('feedback') : hamlets.flatMap((hamletId) => store.inHamlet('feedback', hamletId));
  const all = inReach
    .map((said) => ({ said, standing: store.standing(said) }))
    .sort((a, b) => b.said.fields.receivedOn.localeCompare(a.said.fields.receivedOn) || b.said.occurredAt.localeCompare(a.said.occurredAt));
  const found = all.filter(({ said }) => (whose === 'hamlet' || said.memberId === memberId) && isFound(said, text));
  const shown = found.filter(({ standing }) => view === 'all' || viewOf(standing) === view);

  return (
    <Page title={m.feedback.title}>
      <div className="line">
        <ButtonLink href={paths.newFeedback()}>
          <Icon name="plus" />
          {m.feedback.add}
        </ButtonLink>
      </div>
      <SearchField label={m.feedback.search} value={text} onChange={setText} />
      <Choice
        label={m.feedback.whose}
        options={[
          { value: 'hamlet', label: m.feedback.ofHamlet },
          { value: 'mine', label: m.feedback.mine },
        ]}
        value={whose}
        onChange={setWhose}
      />
      <Choice
        label={m.feedback.where}
        options={[
          { value: 'all', label: m.feedback.all },
          ...feedbackViews.map((value) => ({
            value,
            label: `${m.feedback.views[value]} (${found.filter(({ standing }) => viewOf(standing) === value).length})`,
          })),
        ]}
        value={view}
        onChange={setView}
      />
      {shown.length === 0 ? (
        <Empty>{all.length === 0 ? m.feedback.none : m.feedback.noneHere}</Empty>
      ) : (
        <List label={m.feedback.title}>
          {shown.map(({ said, standing }) => (
            <Row
              key={said.recordId}
              href={paths.feedback(said.recordId)}
              title={standing.topic === undefined ? m.words.feedbackKinds[said.fields.kind] : m.words.topics[standing.topic]}
              detail={
                <>
                  {said.fields.text === undefined ? null : (
                    <>
                      {shortened(said.fields.text)}
                      <br />
                    </>
                  )}
                  {`${formatDay(said.fields.receivedOn)} · ${m.words.feedbackStates[standing.state]}`}
                </>
              }
              mark={<Mark state={store.mark(said).state} />}
            />
          ))}
        </List>
      )}
    </Page>
  );
}

function isFound({ fields }: RecordState<'feedback'>, text: string): boolean {
  const sought = withoutDiacritics(text);
  if (sought === '') return true;
  const code = readReceiptCode(text);
  if (code !== undefined) return fields.receiptCode === code;
  const plainCode = (fields.receiptCode ?? '').replaceAll('-', '').toLowerCase();
  return withoutDiacritics(fields.text ?? '').includes(sought) || plainCode.startsWith(sought.replace(/[\s-]/g, ''));
}

function shortened(text: string): string {
  return text.length <= 90 ? text : `${text.slice(0, 88)}…`;
}
