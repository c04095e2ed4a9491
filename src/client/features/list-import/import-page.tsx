import { useEffect, useRef, useState } from 'react';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { askToKeepListReading } from '#client/list-reading/kept-offline.ts';
import { ReaderNotHere, startReading } from '#client/list-reading/start-reading.ts';
import type { Reading } from '#client/list-reading/start-reading.ts';
import type { OpenedList, PlannedEntries, ReckonedList } from '#client/list-reading/reading.ts';
import { useDraftedForm } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Choice } from '#client/ui/choice.tsx';
import { FileField } from '#client/ui/file-field.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { dayOf } from '#domain/identifiers.ts';
import type { Role } from '#domain/role.ts';
import { fingerprintOfBytes } from '#lists/fingerprint.ts';
import { listLayouts } from '#lists/layout.ts';
import type { ListLayout } from '#lists/layout.ts';
import type { Mapping } from '#lists/mapping.ts';
import { ColumnsStep } from './columns-step.tsx';
import { DoneStep } from './done-step.tsx';
import { EarlierImports } from './earlier-imports.tsx';
import { importDraftId, madeDraftId, newImportValues, noteMade, recordsAtHand, rememberMapping, rememberedMapping, takenUp } from './import-values.ts';
import type { ImportValues } from './import-values.ts';
import { sheetErrorWords, tableErrorWords } from './import-words.ts';
import { PreviewStep } from './preview-step.tsx';
import { WritingStep } from './writing-step.tsx';

type Decided = Pick<ImportValues, 'answers' | 'otherwise' | 'allowsNewHamlets'>;

type Stage =
  | { readonly at: 'file' }
  | { readonly at: 'columns'; readonly opened: OpenedList }
  | { readonly at: 'preview'; readonly opened: OpenedList; readonly mapping: Mapping; readonly found: ReckonedList }
  | { readonly at: 'writing'; readonly sealed: number; readonly of: number }
  | { readonly at: 'done'; readonly made: PlannedEntries; readonly importId: string };

/** From a spreadsheet of the office to the book: file, columns, preview, and only then anything is written. */
export function ImportPage() {
  const m = useMessages();
  const t = m.listImport;
  const store = useStore();
  const { values, setValues, form, resumedAt } = useDraftedForm<ImportValues>(store, { draftId: importDraftId, form: 'list_import' }, newImportValues);
  const [stage, setStage] = useState<Stage>({ at: 'file' });
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const { isBusy, run } = useOneAct();
  const reading = useRef<Reading | undefined>(undefined);
  // The one list that its needs come from, however often it is looked at before it is written.
  const [sourceListId] = useState(() => store.commandContext().newRandomId());
  /** Written once: pressed again after a full disk it is the same entries. */
  const planned = useRef<PlannedEntries | undefined>(undefined);
  useEffect(() => {
    void askToKeepListReading();
    return () => reading.current?.stop();
  }, []);

  const holds = (role: Role) => store.account().assignments.some((assignment) => assignment.role === role);
  const isAdministrator = holds('commune_admin');

  /** What goes wrong is said, and leaves the person where they were. */
  const attempt = async (body: () => Promise<void>) => {
    await run(async () => {
      setProblem(undefined);
      try {
        await body();
      } catch (fault) {
        const isNotHere = fault instanceof ReaderNotHere;
        if (!isNotHere) reportError(fault);
        reading.current?.stop();
        reading.current = undefined;
        setProblem(isNotHere ? t.readerNotHere : t.failed);
        setStage({ at: 'file' });
      }
    });
  };

  const open = async (file: File) => {
    await attempt(async () => {
      let bytes: ArrayBuffer;
      try {
        bytes = await file.arrayBuffer();
      } catch {
        setProblem(t.unread);
        return;
      }
      // Before they are given to the worker: afterwards they are not here any more.
      const fingerprint = fingerprintOfBytes(new Uint8Array(bytes));
      reading.current ??= startReading();
      const opened = await reading.current.ask('open', { bytes, layout: values.layout, recalled: rememberedMapping(store, values.layout) }, [bytes]);
      if ('error' in opened) {
        setProblem(tableErrorWords(m, opened.error));
        return;
      }
      if (opened.columns.length === 0) {
        setProblem(sheetErrorWords(m, { code: 'no_heading' }));
        return;
      }
      setValues((before) => ({ ...before, ...takenUp(before, { name: file.name, fingerprint }) }));
      setStage({ at: 'columns', opened });
    });
  };

  /** The list against the book as it is now. */
  const lookedAt = async (mapping: Mapping, decided: Decided) => {
    const records = recordsAtHand(store);
    if (records === undefined) setProblem(t.bookNotHere);
    if (records === undefined || reading.current === undefined) return undefined;
    return await reading.current.ask('reckon', {
      layout: values.layout, mapping, records, sourceListId, today: dayOf(store.commandContext().now),
      decisions: { ...decided, allowsNewHamlets: decided.allowsNewHamlets && isAdministrator, allowsAboutStaff: holds('bloc_lead') },
    });
  };

  const reckon = async (opened: OpenedList, mapping: Mapping, decided: Decided) => {
    const found = await lookedAt(mapping, decided);
    if (found === undefined) return;
    planned.current = undefined;
    if ('error' in found) setProblem(sheetErrorWords(m, found.error));
    else setStage({ at: 'preview', opened, mapping, found });
  };

  const decide = async (opened: OpenedList, mapping: Mapping, decided: Partial<Decided>) => {
    await attempt(async () => {
      const next = { ...values, ...decided };
      setValues(next);
      await reckon(opened, mapping, next);
    });
  };

  const write = async ({ mapping, ...preview }: Stage & { readonly at: 'preview' }) => {
    await attempt(async () => {
      if (planned.current === undefined) {
        // A colleague may have brought in the same list while this page stood open.
        const found = await lookedAt(mapping, values);
        if (found === undefined) return;
        if ('error' in found) {
          setProblem(sheetErrorWords(m, found.error));
          return;
        }
        if (JSON.stringify(found) !== JSON.stringify(preview.found)) {
          setStage({ ...preview, mapping, found });
          setProblem(t.bookChanged);
          return;
        }
      }
      const { memberId, now } = form.context();
      const made = (planned.current ??= await reading.current?.ask('plan', { now, memberId }));
      if (made === undefined) return;
      setStage({ at: 'writing', sealed: 0, of: made.entries.length });
      const isWritten = await form.save(made.entries, { onSealed: (sealed) => setStage({ at: 'writing', sealed, of: made.entries.length }) });
      if (!isWritten) {
        setStage({ ...preview, mapping });
        return;
      }
      const importId = made.entries[0]?.entryId ?? sourceListId;
      setStage({ at: 'done', made, importId });
      await rememberMapping(store, values.layout, mapping);
      await noteMade(store, importId, { layout: values.layout, fileName: values.file?.name ?? '', created: made.trace.created });
    });
  };

  const problems = [problem, form.error === undefined ? undefined : saveErrorWords(m, form.error)].filter((words) => words !== undefined);
  const said = problems.map((words) => (
    <Notice key={words} tone="danger">
      {words}
    </Notice>
  ));

  switch (stage.at) {
    case 'file':
      return (
        <Page title={t.title} back={paths.households()}>
          <p>{t.intro}</p>
          {resumedAt === undefined || values.file === undefined ? null : <Notice tone="calm">{t.goOnWith(values.file.name)}</Notice>}
          <Choice<ListLayout>
            label={t.which}
            options={listLayouts.map((value) => ({ value, label: t.layouts[value] }))}
            value={values.layout}
            onChange={(layout) => setValues((before) => ({ ...before, layout }))}
          />
          {said}
          <FileField primary label={t.chooseFile} busyLabel={t.reading} onFile={open} />
          <EarlierImports />
        </Page>
      );
    case 'columns':
      return (
        <ColumnsStep
          layout={values.layout}
          opened={stage.opened}
          isBusy={isBusy}
          above={said}
          onBack={() => setStage({ at: 'file' })}
          onGoOn={async (mapping) => await attempt(async () => await reckon(stage.opened, mapping, values))}
        />
      );
    case 'preview':
      return (
        <PreviewStep
          found={stage.found}
          values={values}
          mayMakeHamlets={isAdministrator}
          isBusy={isBusy}
          above={said}
          onBack={() => setStage({ at: 'columns', opened: stage.opened })}
          onDecide={async (decided) => await decide(stage.opened, stage.mapping, decided)}
          onWrite={async () => await write(stage)}
        />
      );
    case 'writing':
      return <WritingStep sealed={stage.sealed} of={stage.of} />;
    case 'done':
      return <DoneStep made={stage.made} layout={values.layout} draftId={madeDraftId(stage.importId)} />;
  }
}
