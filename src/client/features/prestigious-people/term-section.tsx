import { useMessages } from '#client/languages/use-messages.ts';
import type { Messages } from '#client/languages/vi.ts';
import { useStore } from '#client/store/use-store.ts';
import { ButtonLink } from '#client/ui/button.tsx';
import { Empty } from '#client/ui/empty.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { paths } from '#client/ui/paths.ts';
import { Section } from '#client/ui/section.tsx';
import { ownPageWords } from '#client/languages/error-words.ts';
import { nextTermYears } from '#domain/advance-term.ts';
import { dayOf } from '#domain/identifiers.ts';
import { hasRunOut, isHeld, presentTerm } from '#domain/prestigious-coverage.ts';
import type { TermState } from '#domain/prestigious-term.ts';
import { mayAddTo, nextSteps } from './person-reads.ts';
import type { Person, Term } from './person-reads.ts';
import { TermWay } from './term-way.tsx';

/** What a step is called on its button: a review that ends well is no beginning. */
export function stepWords(m: Messages, from: TermState, to: TermState): string {
  return from === 'under_review' && to === 'active' ? m.people.term.confirmed : m.people.term.steps[to];
}

/** The term to speak of with its way and what comes next; the others below it. */
export function TermSection({ person }: { readonly person: Person }) {
  const m = useMessages();
  const store = useStore();
  const words = m.people.term;
  const terms = store.childrenOf('prestigious_term', person.recordId);
  const term = presentTerm(terms);
  const others = terms.filter((other) => other !== term).sort((a, b) => b.fields.termFrom - a.fields.termFrom);
  const isOpen = terms.some(({ fields }) => fields.endReason === undefined && !isHeldState(fields.state));
  const mayPropose = !isOpen && mayAddTo(store, person, 'prestigious_term', { state: 'proposed' });
  const mayEnter = term === undefined && mayAddTo(store, person, 'prestigious_term', { state: 'active', decisionNo: '', decidedOn: '' });
  const next = nextTermYears(term !== undefined && isHeld(term) ? term : undefined, dayOf(store.commandContext().now));
  return (
    <Section title={term === undefined ? words.title : `${words.title} ${m.people.years(term.fields.termFrom, term.fields.termTo)}`}>
      {term === undefined ? <Empty>{words.none}</Empty> : <PresentTerm term={term} />}
      {mayPropose || mayEnter ? (
        <div className="line">
          {mayPropose ? (
            <ButtonLink href={paths.proposeTerm(person.recordId)}>
              {term === undefined ? words.propose : words.proposeNext(m.people.years(next.termFrom, next.termTo))}
            </ButtonLink>
          ) : null}
          {mayEnter ? <ButtonLink href={paths.heldTerm(person.recordId)}>{words.enterHeld}</ButtonLink> : null}
        </div>
      ) : null}
      {others.length === 0 ? null : (
        <Section title={words.earlier} count={others.length}>
          {others.map((other) => (
            <Fold key={other.recordId} label={m.people.years(other.fields.termFrom, other.fields.termTo)} detail={m.words.termStates[other.fields.state]} isOpen={other.fields.endReason === undefined}>
              <PresentTerm term={other} />
            </Fold>
          ))}
        </Section>
      )}
    </Section>
  );
}

function isHeldState(state: TermState): boolean {
  return state === 'recognized' || state === 'active' || state === 'under_review';
}

function PresentTerm({ term }: { readonly term: Term }) {
  const m = useMessages();
  const store = useStore();
  const mark = store.mark(term);
  const needs = ownPageWords(m, mark);
  const { state, personId } = term.fields;
  const steps = nextSteps(store, term);
  // The one that leads on; ending it is never the strong button.
  const forward = steps.find((to) => to !== 'ended' && to !== 'replaced' && to !== 'under_review');
  const others = steps.filter((to) => to !== forward);
  const href = (to: TermState) => paths.termStep(personId, term.recordId, to);
  return (
    <>
      {needs === undefined ? null : <Notice tone="warn">{needs}</Notice>}
      {/* Asked on the record's own page; here it stands as one of the two has it. */}
      {mark.state === 'needs_you' && mark.reason.verdict === 'merged' ? (
        <Notice tone="warn">
          <p>{m.conflict.listTitle}</p>
          <ButtonLink href={paths.record(term.recordId)}>{m.history.openRecord}</ButtonLink>
        </Notice>
      ) : null}
      {hasRunOut(term.fields, dayOf(store.commandContext().now)) ? <Notice tone="warn">{m.people.term.ranOut}</Notice> : null}
      <TermWay term={term.fields} />
      <div className="line">
        {forward === undefined ? null : (
          <ButtonLink variant="primary" href={href(forward)}>
            {stepWords(m, state, forward)}
          </ButtonLink>
        )}
        {mark.state === 'sent' ? null : <Mark state={mark.state} />}
      </div>
      <Fold label={m.people.term.other}>
        <List label={m.people.term.other}>
          {others.map((to) => (
            <Row key={to} href={href(to)} title={stepWords(m, state, to)} />
          ))}
          <Row href={paths.record(term.recordId)} title={m.history.openRecord} />
        </List>
      </Fold>
    </>
  );
}
