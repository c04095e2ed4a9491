import { useMessages } from '#client/languages/use-messages.ts';
import { Choice } from '#client/ui/choice.tsx';
import { TextField } from '#client/ui/field.tsx';
import { typedAmount } from './benefit-values.ts';
import type { BenefitValues } from './benefit-values.ts';

type GiftValues = Pick<BenefitValues, 'level' | 'amount' | 'inKind' | 'deliveredBy'>;

interface GiftFieldsProps {
  readonly values: GiftValues;
  readonly set: (fields: Partial<GiftValues>) => void;
  readonly errorOf: (field: string) => string | undefined;
}

/** Who gave it, how much, what, and who brought it. */
export function GiftFields({ values, set, errorOf }: GiftFieldsProps) {
  const m = useMessages();
  const words = m.people.benefit;
  return (
    <>
      <Choice
        label={m.words.fields['level']}
        options={[
          { value: 'commune', label: m.words.benefitLevels.commune }, { value: 'province', label: m.words.benefitLevels.province },
          { value: 'central', label: m.words.benefitLevels.central }, { value: '', label: words.levelEmpty },
        ]}
        value={values.level}
        onChange={(level) => set({ level })}
        error={errorOf('level')}
      />
      <TextField
        label={m.words.fields['amount']}
        hint={words.amountHint}
        inputMode="numeric"
        maxLength={16}
        value={values.amount}
        onChange={(event) => set({ amount: typedAmount(event.currentTarget.value) })}
        error={errorOf('amount')}
      />
      <TextField label={m.words.fields['inKind']} hint={words.inKindHint} maxLength={80} value={values.inKind} onChange={(event) => set({ inKind: event.currentTarget.value })} error={errorOf('inKind')} />
      <TextField
        label={m.words.fields['deliveredBy']}
        hint={words.byHint}
        maxLength={80}
        value={values.deliveredBy}
        onChange={(event) => set({ deliveredBy: event.currentTarget.value })}
        error={errorOf('deliveredBy')}
      />
    </>
  );
}
