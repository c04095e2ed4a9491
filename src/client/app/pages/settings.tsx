import { useEffect, useState } from 'react';
import { endOfId, isProvinceId } from '#domain/identifiers.ts';
import { oldestSavedAt, onlyHere } from '#client/features/sync-status/sync-story.ts';
import { LockLinks } from '#client/features/devices/lock-links.tsx';
import { assignmentWords } from '#client/languages/place-words.ts';
import { languages, useLanguage, useMessages } from '#client/languages/use-messages.ts';
import { areaName } from '#client/store/my-hamlets.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button, ButtonLink } from '#client/ui/button.tsx';
import { Choice } from '#client/ui/choice.tsx';
import { formatWhen } from '#client/ui/dates.ts';
import { Facts } from '#client/ui/facts.tsx';
import { Icon } from '#client/ui/icon.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { Section } from '#client/ui/section.tsx';
import { buildId } from '../build-id.ts';
import { menuBarOf } from '../menu-bar.ts';
import { halfWritten } from './draft-places.ts';
import { LeftOfBar } from './left-of-bar.tsx';
import { PassOn } from './pass-on.tsx';

/** Who uses this phone, in which language, what exists only here, and the lock. */
export function SettingsPage({ onLock, onPassOn }: { readonly onLock: () => void; readonly onPassOn: () => void }) {
  const m = useMessages();
  const store = useStore();
  const account = store.account();
  const work = account.assignments.map((assignment) => assignmentWords(m, store, assignment));
  const here = onlyHere(store.outbox());
  const since = oldestSavedAt(here);
  return (
    <Page title={m.settings.title} back={paths.today()}>
      <Section title={m.settings.who}>
        <Facts
          facts={[
            { name: m.settings.name, words: account.name },
            { name: m.settings.work, words: work.join('; ') },
            // The province reads no list of places: its code would say nothing to anybody.
            { name: m.settings.commune, words: isProvinceId(account.communeCode) ? '' : areaName(store, account.communeCode) },
          ]}
        />
      </Section>
      {/* Else it stands in Today. */}
      {menuBarOf(account.assignments).onBar.includes('today') ? null : <LeftOfBar />}
      <LanguageChoice />
      <Section title={m.settings.phone}>
        <Notice tone={since === undefined ? 'good' : 'calm'}>{since === undefined ? m.settings.nothingOnlyHere : m.sync.onlyHere(here.length, formatWhen(since))}</Notice>
        <p>{m.settings.drafts(halfWritten(store.drafts()).length)}</p>
        <KeptStorage />
        <ButtonLink href={paths.sync()}>
          <Icon name="sync" />
          {m.settings.seeSync}
        </ButtonLink>
        <ButtonLink href={paths.mySessions()}>
          <Icon name="smartphone" />
          {m.administration.sessions.open}
        </ButtonLink>
      </Section>
      <Section title={m.settings.lock}>
        <p>{m.settings.lockHint}</p>
        <Button wide onClick={onLock}>
          <Icon name="lock" />
          {m.settings.lockNow}
        </Button>
        <LockLinks />
      </Section>
      <PassOn onPassOn={onPassOn} />
      <p className="quiet">
        {m.settings.build} {buildId} · {m.settings.device} {endOfId(store.deviceId)}
      </p>
    </Page>
  );
}

function LanguageChoice() {
  const m = useMessages();
  const { language, choose } = useLanguage();
  const [hasFailed, setHasFailed] = useState(false);
  return (
    <Choice
      label={m.settings.language}
      options={languages.map((value) => ({ value, label: m.settings.languageNames[value] }))}
      value={language}
      error={hasFailed ? m.settings.languageFailed : undefined}
      onChange={(next) => {
        choose(next).then(
          () => setHasFailed(false),
          () => setHasFailed(true),
        );
      }}
    />
  );
}

function KeptStorage() {
  const m = useMessages();
  const [isKept, setIsKept] = useState<boolean | undefined>(undefined);
  useEffect(() => {
    navigator.storage.persisted().then(setIsKept, () => setIsKept(undefined));
  }, []);
  const ask = () => {
    navigator.storage.persist().then(setIsKept, () => setIsKept(undefined));
  };
  if (isKept === undefined) return <p>{m.settings.unknownKept}</p>;
  if (isKept) return <p>{m.settings.kept}</p>;
  return (
    <Notice tone="warn">
      {m.settings.notKept}
      <Button onClick={ask}>{m.settings.askToKeep}</Button>
    </Notice>
  );
}
