import { reasonWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { Messages } from '#client/languages/vi.ts';
import { mayCorrect } from '#client/store/may-correct.ts';
import { useStore } from '#client/store/use-store.ts';
import { formatDay } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { formatNumber } from '#client/ui/numbers.ts';
import { paths } from '#client/ui/paths.ts';
import { Section } from '#client/ui/section.tsx';
import type { Benefit } from '#domain/benefit.ts';
import type { Given, Person } from './person-reads.ts';
import styles from './benefit-section.module.css';

/** `500.000 đồng · gói quà · Xã · Mặt trận xã`. */
export function giftWords(m: Messages, { amount, inKind, level, deliveredBy }: { readonly [F in 'amount' | 'inKind' | 'level' | 'deliveredBy']?: Benefit[F] | undefined }): string {
  return [amount === undefined ? undefined : m.words.dong(formatNumber(amount)), inKind, level === undefined ? undefined : m.words.benefitLevels[level], deliveredBy]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');
}

/** What they were given, year by year, the newest first. What is void stands there struck through. */
export function BenefitSection({ person }: { readonly person: Person }) {
  const m = useMessages();
  const store = useStore();
  const benefits = [...store.childrenOf('benefit', person.recordId)].sort((a, b) => b.fields.date.localeCompare(a.fields.date));
  const years = [...new Set(benefits.map(({ fields }) => fields.date.slice(0, 4)))];
  const counting = benefits.filter(({ fields }) => fields.voidReason === undefined).length;
  return (
    <Section title={m.people.benefits} count={counting}>
      {benefits.length === 0 ? <Empty>{m.people.noBenefits}</Empty> : null}
      {years.map((year) => (
        <div key={year} className="stack-close">
          <h3 className={styles['year']}>{m.people.benefit.year(year)}</h3>
          <List label={`${m.people.benefits} ${year}`}>
            {benefits.filter(({ fields }) => fields.date.startsWith(year)).map((benefit) => (
              <BenefitRow key={benefit.recordId} benefit={benefit} />
            ))}
          </List>
        </div>
      ))}
    </Section>
  );
}

function BenefitRow({ benefit }: { readonly benefit: Given }) {
  const m = useMessages();
  const store = useStore();
  const { recordId, fields } = benefit;
  const mark = store.mark(benefit);
  const title = `${formatDay(fields.date)} · ${m.words.benefitKinds[fields.kind]}${fields.occasion === undefined ? '' : ` · ${m.words.benefitOccasions[fields.occasion]}`}`;
  const about = [
    fields.voidReason === undefined ? undefined : m.people.voided(m.words.voidReasons[fields.voidReason]),
    giftWords(m, fields),
    mark.state === 'needs_you' ? reasonWords(m, mark.reason) : undefined,
  ].filter((part) => part !== undefined && part !== '');
  return (
    <Row
      href={mayCorrect(store, benefit) ? paths.benefit(fields.personId, recordId) : paths.record(recordId)}
      title={fields.voidReason === undefined ? title : <s>{title}</s>}
      detail={about.join(' · ')}
      mark={<Mark state={mark.state} />}
    />
  );
}
