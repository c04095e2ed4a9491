import { recordAbout } from '#client/languages/record-title.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { formatDay } from '#client/ui/dates.ts';
import { Fold } from '#client/ui/fold.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { paths } from '#client/ui/paths.ts';
import { dayOf } from '#domain/identifiers.ts';
import { askedTeams } from './asked-teams.ts';
import type { AskedTeam } from './asked-teams.ts';

/** What the teams answered the bloc about their visits, and what it still asks: a line each above the desk, nothing where there is neither. */
export function AskedTeamsList() {
  const m = useMessages();
  const store = useStore();
  const { answered, waiting } = askedTeams(store, dayOf(store.commandContext().now));
  const { answeredByTeams, waitsForTeams } = m.visits.returning;
  if (answered.length + waiting.length === 0) return null;
  return (
    <div>
      {answered.length === 0 ? null : <Questions label={answeredByTeams} questions={answered} />}
      {waiting.length === 0 ? null : <Questions label={waitsForTeams} questions={waiting} />}
    </div>
  );
}

function Questions({ label, questions }: { readonly label: string; readonly questions: readonly AskedTeam[] }) {
  const m = useMessages();
  const store = useStore();
  return (
    <Fold label={label} detail={questions.length}>
      <List label={label}>
        {questions.map(({ asked: { recordId, fields }, visit }) => {
          const question = `${m.words.fields[fields.field] ?? fields.field}: ${fields.comment}`;
          const { settledAs, settledOn } = fields;
          const stands = settledAs === undefined || settledOn === undefined ? m.visits.returning.onDay(formatDay(fields.on)) : m.visits.returning.settled(m.words.returnSettlements[settledAs], formatDay(settledOn));
          return <Row key={recordId} href={paths.record(visit.recordId)} title={recordAbout(m, visit, { find: (id) => store.find(id), day: formatDay }) ?? question} detail={`${question} · ${stands}`} />;
        })}
      </List>
    </Fold>
  );
}
