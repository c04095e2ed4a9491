import { useState } from 'react';
import { askErrorWords, saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { Messages } from '#client/languages/vi.ts';
import type { SessionCallError } from '#client/remote/session-calls.ts';
import { eraseForRequest } from '#client/remote/subject-rights.ts';
import { useCalls } from '#client/remote/use-calls.ts';
import { useStore, useSync } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { Select } from '#client/ui/choice.tsx';
import { Confirm } from '#client/ui/confirm.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { useToast } from '#client/ui/toast.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { useOneSave } from '#client/store/use-one-save.ts';
import { useOnline } from '#client/ui/use-online.ts';
import { closeSubjectRequest } from '#domain/ask-for-rights.ts';
import type { Closing } from '#domain/ask-for-rights.ts';
import type { RecordState } from '#domain/record.ts';
import { requestRefusals } from '#domain/subject-request.ts';
import type { RequestRefusal } from '#domain/subject-request.ts';
import { refusalWords } from './request-words.ts';

/** The officer's: to erase (with a signal, for ever), to say that it is done, or why not. */
export function RequestActions({ request }: { readonly request: RecordState<'subject_request'> }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const r = m.subjectRights.requests;
  const [refusal, setRefusal] = useState<RequestRefusal | undefined>(undefined);
  const { save, isSaving, error } = useOneSave();
  const close = async (closing: Closing) => {
    if (await save(closeSubjectRequest(request, closing, store.commandContext()))) showToast(m.subjectRights.consent.saved);
  };
  return (
    <div className="stack">
      {error === undefined ? null : <Notice tone="danger">{saveErrorWords(m, error)}</Notice>}
      {request.fields.kind === 'erase' ? (
        <Erase requestId={request.recordId} />
      ) : (
        <>
          <p>{r.doFirst[request.fields.kind]}</p>
          <Button variant="primary" wide disabled={isSaving} onClick={() => void close({ closedAs: 'done' })}>
            {r.isDone}
          </Button>
        </>
      )}
      <Fold label={r.refuse}>
        <div className="stack">
          <Select
            label={r.refuseWhy}
            options={requestRefusals.map((value) => ({ value, label: m.words.requestRefusals[value] }))}
            value={refusal}
            onChange={setRefusal}
            placeholder={r.chooseWhy}
          />
          <Button wide disabled={isSaving || refusal === undefined} onClick={() => refusal !== undefined && void close({ closedAs: 'refused', refusal })}>
            {r.refuseNow}
          </Button>
        </div>
      </Fold>
    </div>
  );
}

/** Online alone: nobody may be told that something is gone which still lies somewhere. */
function Erase({ requestId }: { readonly requestId: string }) {
  const m = useMessages();
  const calls = useCalls();
  const { syncNow } = useSync();
  const isOnline = useOnline();
  const r = m.subjectRights.requests;
  const [isAsked, setIsAsked] = useState(false);
  const { isBusy: isErasing, run } = useOneAct();
  const [error, setError] = useState<SessionCallError | undefined>(undefined);

  const erase = async () => {
    setIsAsked(false);
    const answer = await eraseForRequest(calls, requestId);
    setError(answer.ok ? undefined : answer.error);
    // What the endpoint closed comes back by the sync, as every record does.
    if (answer.ok) await syncNow();
  };

  return (
    <>
      <Notice tone="warn">
        <p>{r.eraseMeans}</p>
        <p>{r.eraseAsk}</p>
      </Notice>
      <div role="status" className="status">
        {isOnline ? null : <Notice tone="calm">{r.eraseOffline}</Notice>}
        {isErasing ? <p className="quiet">{r.erasing}</p> : null}
      </div>
      {error === undefined ? null : <Notice tone="danger">{erasureFailure(m, error)}</Notice>}
      <Button variant="danger" wide disabled={!isOnline || isErasing} onClick={() => setIsAsked(true)}>
        <span>{r.erase}</span>
      </Button>
      {isAsked ? <Confirm question={r.eraseConfirm} yes={r.erase} onYes={() => void run(erase)} onNo={() => setIsAsked(false)} /> : null}
    </>
  );
}

function erasureFailure(m: Messages, error: SessionCallError): string {
  return error.code === 'refused' ? refusalWords(m, error) : `${askErrorWords(m, error)} ${m.subjectRights.requests.notSure}`;
}
