import { useMessages } from '#client/languages/use-messages.ts';
import { ButtonLink } from '#client/ui/button.tsx';
import { Icon } from '#client/ui/icon.tsx';
import { paths } from '#client/ui/paths.ts';
import { ReceptionPlace } from './reception-place.tsx';

/** After a complaint or denunciation was counted: where to send the citizen, to be read out or taken along. */
export function ReferredSaved() {
  const m = useMessages();
  return (
    <div className="stack">
      <p>{m.subjectRights.reception.tell}</p>
      <ReceptionPlace />
      <ButtonLink wide href={paths.reception()}>
        <Icon name="print" />
        {m.subjectRights.reception.openSlip}
      </ButtonLink>
    </div>
  );
}
