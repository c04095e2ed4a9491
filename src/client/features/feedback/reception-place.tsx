import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { Facts } from '#client/ui/facts.tsx';
import { isKind } from '#domain/record.ts';

/** Where and when the commune receives citizens, as far as it has been written down for the phones. */
export function ReceptionPlace() {
  const m = useMessages();
  const store = useStore();
  const r = m.subjectRights.reception;
  const commune = store.find(store.account().communeCode);
  const { receptionPlace: place, receptionHours: hours } = isKind(commune, 'area') ? commune.fields : {};
  if (place === undefined && hours === undefined) return <p>{r.notWritten}</p>;
  return (
    <Facts
      facts={[
        { name: r.place, words: place },
        { name: r.hours, words: hours },
      ]}
    />
  );
}
