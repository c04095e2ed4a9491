/**
 * Bugs that others shipped, and those that the review of the protocol feared, each planted in the real source while it loads in the
 * simulator. `npm run simulate -- --bugs` must find every one. Where the text that a bug replaces was changed, the bug is written anew here.
 */
import type { SeededBug, SeededEdit } from './seeded-bug.ts';

/** So rare that the plan which once showed it is kept, under chance that shows it with the program of today. */
function rareBug(...args: Parameters<typeof bug>): SeededBug {
  return { ...bug(...args), plan: `${args[0]}.json` };
}

function bug(name: string, from: string, ...edits: readonly (readonly [file: string, find: string, replace: string])[]): SeededBug {
  return { name, from, edits: edits.map(([file, find, replace]): SeededEdit => ({ file, find, replace })) };
}

export const bugs: readonly SeededBug[] = [
  bug(
    'checkpoint-before-its-documents',
    'pouchdb#1240',
    [
      'client/store/page-steps.ts',
      'await tables.segments.add({ channelId, generation, from: isWhole ? 0 : page.from, to: page.cursor, rows: boxRows, box });',
      "void disk.write(['segments'], async ({ segments }) => void (await segments.add({ channelId, generation, from: isWhole ? 0 : page.from, to: page.cursor, rows: boxRows, box }))).catch(() => undefined);",
    ],
  ),
  bug(
    'scope-change-loses-edits-in-silence',
    'cht-core#5701, #6544, #11306',
    [
      'server/receive-entry.ts',
      'if (!applied.ok) return applied.error;',
      "if (!applied.ok && applied.error.verdict === 'quarantined') return { verdict: 'applied', sequences: {} };\n    if (!applied.ok) return applied.error;",
    ],
  ),
  bug(
    'a-batch-that-can-never-pass',
    'cht-core#6143, pouchdb#3999: what is refused takes its neighbours along',
    [
      'server/receive-entry.ts',
      "if (!read.ok) return { verdict: 'rejected', ...read.error };",
      "if (!read.ok) throw Object.assign(new Error('the entry does not hold'), { code: 'SQLITE_MISUSE' });",
    ],
  ),
  bug(
    'pull-during-push-skips',
    'rxdb#5571: what comes down while something goes up is passed over',
    [
      'client/store/page-steps.ts',
      'const { channelId } = page;',
      'const waiting = new Set(core.memory().outbox.laidOver().flatMap((entry) => entry.changes.map((change) => change.recordId)));\n    page = { ...page, rows: page.rows.filter((row) => !waiting.has(row.recordId)) };\n    const { channelId } = page;',
    ],
    [
      'client/store/page-steps.ts',
      'const isMismatch = digest !== undefined && digest !== digestWith(target, page.rows);',
      'const isMismatch = false as boolean;',
    ],
  ),
  bug(
    'record-saved-during-push-half-synced',
    'WatermelonDB#1374: marks all as sent, not what was sent',
    [
      'client/store/sealed-outbox.ts',
      'if (changed.length > 0) await meta.put',
      'if (changed.length > 0) for (const row of await outbox.all()) await outbox.put({ ...row, kept: round });\n    if (changed.length > 0) await meta.put',
    ],
    // Or the end of the device's channel tells that the endpoint does not have it.
    ['client/store/page-steps.ts', 'outbox.isKeptOnly(deviceSeq) && !askedOnce.has(deviceSeq)', 'false'],
  ),
  bug(
    'own-pushes-come-back-as-new',
    'WatermelonDB#649: what was sent lies over what came back, for ever',
    [
      'client/store/outbox-memory.ts',
      "if (standing.state === 'sent' || one.row.again === true) return false;",
      "if (standing.state === 'sent' && one.row.settledAt === undefined) return false;",
    ],
  ),
  bug(
    'view-goes-back-on-reconnect',
    'powersync.dart#253: what was sent is no longer laid over before it has come back',
    [
      'client/store/outbox-memory.ts',
      "return { state: settledAt === undefined ? 'waiting' : 'sent' };",
      "return { state: settledAt === undefined && one.row.kept === undefined ? 'waiting' : 'sent' };",
    ],
  ),
  bug(
    'one-stuck-entry-blocks-all',
    'powersync.dart#226: a refused entry holds up those behind it',
    [
      'server/receive-entry.ts',
      'if (known !== undefined) {',
      "const ahead = await tx.selectFrom('entry').select('entryId').where('communeCode', '=', communeCode).where('deviceId', '=', deviceId).where('verdict', '=', 'rejected').limit(1).executeTakeFirst();\n    if (ahead !== undefined && known === undefined) return { outcome: 'unreadable' };\n    if (known !== undefined) {",
    ],
  ),
  bug(
    'offline-chain-out-of-order',
    'getodk/central#669, #698, #805: nothing waits for what it was written upon',
    [
      'server/receive-entry.ts',
      "return waitsFor.length === 0 ? undefined : { verdict: 'held', after: waitsFor };",
      'return undefined;',
    ],
    [
      'server/sync.ts',
      'for (const from of opened) {',
      'for (const from of opened.toReversed()) {',
    ],
  ),
  bug(
    'clock-drift-stops-sync',
    'actual#3786',
    [
      'sync/sync-round.ts',
      'await store.recordContact(answer);',
      "if (Math.abs(Date.parse(answer.endpointTime) - clock.now()) > 366 * 86_400_000) return { error: { code: 'not_our_endpoint' }, again: false, moved: false };\n    await store.recordContact(answer);",
    ],
  ),
  bug(
    'created-and-deleted-in-one-pull-rises-again',
    'WatermelonDB#1462: a mark of what is gone is left out where nothing was shown',
    [
      'server/channel-pages.ts',
      "where('gone', 'is', null), where('sequence', '>', upTo)",
      "where('gone', 'is', null), where('sequence', '>', Math.max(upTo, from === 0 ? 0 : state.counter))",
    ],
  ),
  bug(
    'lost-reply-doubles',
    'getodk#50: what was sent is known for a day',
    [
      'server/receive-entry.ts',
      'if (known !== undefined) {',
      'if (known !== undefined && clock.now() - Date.parse(known.receivedAt) < 86_400_000) {',
    ],
  ),
  bug(
    'a-closed-database-says-saved',
    'enketo#1576: what the disk refuses is passed over',
    [
      'client/store/write-steps.ts',
      'return err({ code: storageCodeOf(error) });',
      "const code = storageCodeOf(error);\n      return code === 'storage_full' ? ok(undefined) : err({ code });",
    ],
  ),
  bug(
    'base-looks-one-version-too-late',
    '`base` compared across areas',
    [
      'server/field-settings.ts',
      "[where('version', '>', change.base)",
      "[where('version', '>', change.base + 1)",
    ],
  ),
  bug(
    'own-chain-conflicts-with-itself',
    'the review of the design',
    [
      'domain/change.ts',
      '(s) => s.field === field && s.deviceId !== context.entry.deviceId && !isSameValue(s.value, value),',
      '(s) => s.field === field && !isSameValue(s.value, value),',
    ],
    [
      'server/field-settings.ts',
      '.filter(({ entryId }) => !own.has(entryId));',
      ';',
    ],
  ),
  bug(
    'later-value-hides-the-earlier-one',
    'merge by field: both stay',
    [
      'domain/change.ts',
      'for (const other of others) conflicts = withConflict(conflicts, other, context.entry, context);',
      'for (const other of others.slice(1)) conflicts = withConflict(conflicts, other, context.entry, context);',
    ],
  ),
  bug(
    'held-repeated-for-ever',
    'the review of the design',
    [
      'server/waiting-entries.ts',
      'const longestWaitMs = 7 * 86_400_000;',
      'const longestWaitMs = 700 * 86_400_000;',
    ],
    [
      'server/receive-entry.ts',
      "if (settlement.verdict !== 'held') await judgeFollowers(tx, circumstances.device.communeCode, outline.entryId);",
      'void judgeFollowers;',
    ],
  ),
  bug(
    'gap-in-device-seq-blocks',
    'the review of the design: waits for the number before, not for what it was written upon',
    [
      'server/receive-entry.ts',
      'const author = await accounts.scopeOf(tx, communeCode, device.memberId);',
      "if (circumstances.deviceSeq > 1 && !(await isSeqSeen(tx, device, circumstances.deviceSeq - 1))) return { verdict: 'held', after: [] };\n    const author = await accounts.scopeOf(tx, communeCode, device.memberId);",
    ],
  ),
  bug(
    'two-tabs-take-one-device-seq',
    'the review of the design',
    [
      'client/store/write-steps.ts',
      'if (before.lastSeq + 1 !== first.row.deviceSeq) {',
      'if (before.lastSeq + 1 < first.row.deviceSeq) {',
    ],
    [
      'client/store/write-steps.ts',
      'for (const { row } of held) await outbox.add(row);',
      'for (const { row } of held) await outbox.put(row);',
    ],
  ),
  bug(
    'eviction-after-entry-deletes',
    'the review of the design: one channel lets go of what another shows',
    [
      'client/store/channel-memory.ts',
      "if (row !== undefined && !('verdict' in row)) record = together(record, rowToRecord(row));",
      "if (row === undefined && record !== undefined && channels.size > 3) record = undefined;\n        if (row !== undefined && !('verdict' in row)) record = together(record, rowToRecord(row));",
    ],
  ),
  bug(
    'cursor-put-back-by-a-thawed-tab',
    'the review of the design',
    [
      'client/store/page-steps.ts',
      ': made.generation === row.generation && made.cursor === row.cursor;',
      ': made.generation === row.generation;',
    ],
  ),
  bug(
    'merging-segments-brings-a-row-back',
    'the review of the design: the older box wins',
    [
      'client/store/segment-merge.ts',
      'for (const row of rows) newest.set(row.recordId, row);',
      'for (const row of rows) if (!newest.has(row.recordId)) newest.set(row.recordId, row);',
    ],
  ),
  bug(
    'a-cursor-passes-an-erasure-and-its-box-lies-on',
    'a phone\'s cursor is its word that nothing of an erased record lies on it (decision 0018)',
    ['client/store/page-steps.ts', 'if (isWhole) await deleteSegments(tables, channelId, generation);', ''],
  ),
  bug(
    'feedback-keeps-the-name-of-an-erased-household',
    'an erasure forgets what was said in the household\'s name (decision 0017)',
    ['server/erasure.ts', 'for (const recordId of await feedbackOf(tx, communeCode, ids)) raiseTo(sequences, await letGoName(tx, communeCode, recordId));', 'void feedbackOf; void letGoName;'],
  ),
  bug(
    'what-was-rejected-outlives-its-erasure',
    'a sealed copy that no verdict reaches: the endpoint never kept what it rejected',
    ['server/erasure.ts', 'for (const entryId of await rejectedTouching(tx, communeCode, recordId)) touching.add(entryId);', 'void rejectedTouching;'],
  ),
  bug(
    'a-tab-behind-a-merge-keeps-what-is-gone',
    'the review of the design: a merged segment has left out what is gone',
    [
      'client/store/log-changes.ts',
      'const isWhole = foldedTo === undefined || rows.some((segment) => segment.generation === row.generation && segment.from < foldedTo);',
      'const isWhole = foldedTo === undefined;',
    ],
  ),
  bug(
    'database-copied-back-by-hand-goes-unseen',
    'the review of the design',
    ['server/endpoint.ts', 'if (deps.lastTold !== undefined) await noticePutBack(deps.db, deps.lastTold, { clock: deps.clock, log });', 'void noticePutBack;'],
  ),
  bug(
    'no-cursor-tells-of-a-database-copied-back',
    'the review of the design: a backup put back with all that lies beside it',
    [
      'server/channel-pages.ts',
      'return readable.find((id) => (channels[id]?.cursor ?? 0) > (counters.get(id)?.counter ?? 0));',
      'return readable.find((id) => (channels[id]?.cursor ?? 0) > (counters.get(id)?.counter ?? 0) + 1_000);',
    ],
    [
      'client/store/pull-steps.ts',
      "if (fresh.some(({ channelId, outcome }) => outcome === 'mismatch' && deviceOf(channelId) !== undefined)) await sendAllAgain(answer.epoch);",
      'void sendAllAgain;',
    ],
  ),
  bug(
    'hamlet-gained-while-offline-starts-at-its-end',
    'the review of the design',
    [
      'server/channel-pages.ts',
      'const position = pull.channels[channelId] ?? { cursor: 0 };',
      'const position = pull.channels[channelId] ?? { cursor: Object.keys(pull.channels).length > 0 ? state.counter : 0 };',
    ],
  ),
  bug(
    'phones-clock-inside-a-rule',
    'the review of the design',
    [
      'server/receive-entry.ts',
      "if (device.state === 'revoked')",
      "if (Date.parse(entry.occurredAt) > clock.now() + 86_400_000) return { verdict: 'rejected', code: 'out_of_range', field: 'date' };\n    if (device.state === 'revoked')",
    ],
  ),
  bug(
    'gap-tells-of-a-hidden-record',
    'the review of the design: a row is raised with nothing new in it',
    [
      'server/place-records.ts',
      'if (change === undefined) return false;',
      'if (change === undefined) return true;',
    ],
  ),
  bug(
    'verdict-before-its-page-flickers',
    'the review of the design',
    [
      'sync/sync-round.ts',
      '!isAnyToCome || !bringsVerdicts(page)',
      'page.from >= 0',
    ],
    [
      'client/store/outbox-memory.ts',
      "return { state: isShown(one, verdict) ? 'sent' : 'applied' };",
      "return { state: 'sent' };",
    ],
  ),
  bug(
    'restore-forgets-what-was-settled',
    'epoch: sends all that it retained',
    [
      'client/store/pull-steps.ts',
      "for (const row of await tables.outbox.all()) if (row.bytes !== '') await tables.outbox.put(toBeSentAgain(row, outbox.isSent(row.deviceSeq)));",
      'for (const row of await tables.outbox.all()) if (row.settledAt === undefined) await tables.outbox.put(toBeSentAgain(row, outbox.isSent(row.deviceSeq)));',
    ],
  ),
  bug(
    'sequences-repeat-after-a-restore',
    'epoch: neither ever repeats',
    [
      'server/next-count.ts',
      'return Math.max(own, (epoch - 1) * epochSpan) + 1;',
      'return own + Math.sign(epoch);',
    ],
  ),
  bug(
    'left-readers-are-not-told',
    'permission by area: evictions',
    [
      'server/place-records.ts',
      "raised.push({ channelId: row.channelId, recordId, version: row.version, hidden: row.hidden, gone: 'evicted', replaces: row });",
      'void raised;',
    ],
  ),
  bug(
    'a-left-channel-stays-on-the-disk',
    'a channel that is left: its key is destroyed at once',
    [
      'client/store/channel-tables.ts',
      'for (const channelId of left) await deleteChannel(tables, channelId);',
      'for (const channelId of left) await tables.channels.delete(channelId);',
    ],
  ),
  bug(
    'set-aside-without-its-content',
    'quarantined: never dropped',
    [
      'server/receive-entry.ts',
      "if (settlement.verdict === 'held' || settlement.verdict === 'quarantined') await keep",
      "if (settlement.verdict === 'held') await keep",
    ],
  ),
  bug(
    'kept-counts-as-settled',
    'nothing else settles an entry',
    [
      'client/store/sealed-outbox.ts',
      "outcome === 'kept' ? { ...row, kept: round, refused: undefined }",
      "outcome === 'kept' ? { ...row, kept: round, refused: undefined, settledAt: new Date(row.savedAt).toISOString() }",
    ],
  ),
  bug(
    'said-before-the-commit',
    'saved: after a strict-durability commit',
    [
      'client/store/write-steps.ts',
      'const passage = await commit(held, sessionRow, options);',
      'const { log } = core.memory();\n      const committing = commit(held, sessionRow, options);\n      committing.catch(() => undefined);\n      const passage = log === undefined ? await committing : { before: log, after: log };',
    ],
  ),
  bug(
    'key-let-go-too-soon',
    'a session key is kept until its last entry is settled',
    [
      'client/store/release-settled.ts',
      'entryKey !== undefined && left.every((row) => row.sessionId !== sessionId || isSettled(row)),',
      'entryKey !== undefined && left.some((row) => row.sessionId === sessionId && isSettled(row)),',
    ],
    [
      'client/store/release-settled.ts',
      'else if (own.every(isSettled)) {',
      'else {',
    ],
  ),
  bug(
    'key-stored-once',
    'another tab may have let the key go',
    [
      'client/store/write-steps.ts',
      'await sealingSessions.put(sessionRow);',
      'if (!core.memory().sessions.has(sessionRow.sessionId)) await sealingSessions.put(sessionRow);',
    ],
  ),
  bug(
    'merged-hamlet-not-followed',
    'a record lies in the hamlet that its own was merged into',
    [
      'domain/permissions.ts',
      'const area = presentArea(record.areaId, records);\n  const communeCode',
      'const area = record.areaId;\n  const communeCode',
    ],
  ),
  bug(
    'damaged-bundle-taken-for-whole',
    'a bundle tampered with on its way',
    [
      'sync/bundle.ts',
      'check !== checkOf(read)',
      'check.length !== checkOf(read).length',
    ],
  ),
  bug(
    'restore-revives-a-revoked-phone',
    'the review of the design',
    [
      'server/endpoint.ts',
      'await accounts.applyRevocations();',
      'void accounts.applyRevocations;',
    ],
  ),
  bug(
    'hidden-fields-reach-a-unit',
    'nothing outside its channels ever reached a phone',
    [
      'server/place-records.ts',
      'return Object.fromEntries(Object.entries(fields).filter(([field]) => !hidden.includes(field)));',
      'return Object.fromEntries(Object.entries(fields).filter(([field]) => !hidden.slice(1).includes(field)));',
    ],
  ),
  bug(
    'events-left-behind-with-their-feedback',
    "channels of a feedback's events follow it",
    [
      'server/place-records.ts',
      'for (const event of records.eventsOf(feedbackId)) affected.add(event.recordId);',
      'void records.eventsOf;',
    ],
  ),
  bug(
    'erased-record-is-written-again',
    'erasure: any change by any road',
    [
      'server/receive-entry.ts',
      'if (erased.size > 0) {',
      'if (erased.size > 1) {',
    ],
  ),
  bug(
    'erased-record-comes-back-with-a-backup',
    'erasures are a list outside the database',
    [
      'server/erasure.ts',
      'const fresh = ids.filter((recordId) => !known.has(recordId));',
      'const fresh = ids.filter((recordId) => known.has(recordId));',
    ],
  ),
  bug(
    'erased-stays-in-the-sealed-copies',
    'erasure reaches phones',
    [
      'client/store/page-steps.ts',
      "...(verdict === 'erased' ? { bytes: '' } : {}) });",
      '});',
    ],
  ),
  bug(
    'ended-roles-come-back-with-a-backup',
    'ended roles are a list outside the database',
    [
      'server/endpoint.ts',
      'await accounts.applyRoleChanges();',
      'void accounts.applyRoleChanges;',
    ],
  ),
  bug(
    'device-unknown-after-a-restore',
    'found by the simulator: enrolled after the backup',
    [
      'server/endpoint.ts',
      'await admission.applyDevices();',
      'void admission.applyDevices;',
    ],
  ),
  bug(
    'accepted-twice',
    'a decision is applied once',
    [
      'server/decisions.ts',
      "if (entry.decidedBy !== null) return err({ code: (await mayKnowOf(tx, supervisor, entry)) ? 'already_decided' : 'not_waiting' });",
      'void [entry.decidedBy, mayKnowOf];',
    ],
    [
      'server/decisions.ts',
      "kept === undefined || kept.reason === 'accepted' || entry === undefined",
      'kept === undefined || entry === undefined',
    ],
  ),
  bug(
    'declined-in-silence',
    'every entry that was not applied is visible to a person with its reason',
    [
      'server/decisions.ts',
      'await settle(context, tx, { ...original, occurredAt: waiting.outline.occurredAt }, settlement);',
      "await tx.updateTable('entry').set({ verdict: 'rejected', code: settlement.code, decidedBy: memberId }).where('communeCode', '=', communeCode).where('entryId', '=', original.entryId).execute();",
    ],
  ),
  bug(
    'waiting-entry-shown-to-the-wrong-supervisor',
    'a waiting entry is shown to whom all of it would be shown',
    [
      'server/waiting-trial.ts',
      'if (!covers(supervisor, presentArea(record.areaId, records))) return false;',
      "return record.recordId !== '' && records.find(record.recordId) !== undefined;",
    ],
    [
      'server/waiting-trial.ts',
      "role === 'team_lead' ? hamletId === areaId : communeCodeOf(areaId) === supervisor.communeCode,",
      "role === 'team_lead' ? hamletId !== undefined : communeCodeOf(areaId) === supervisor.communeCode,",
    ],
  ),
  bug(
    'renewed-phone-loses-its-verdicts',
    'restored phone: what it sealed before is settled in the channel of the device it was',
    [
      'server/channel-pages.ts',
      'const readable = [...devices.map(channelIds.device), ...channelsOfMember({ ...member, provinceId })];',
      'const readable = [...devices.slice(0, 1).map(channelIds.device), ...channelsOfMember({ ...member, provinceId })];',
    ],
  ),
  bug(
    'newer-schema-is-refused',
    'held until the upgrade',
    [
      'server/receive-entry.ts',
      "if (isOfNewerSchema(outline, context.schema)) return { verdict: 'held', code: 'schema' };",
      "if (isOfNewerSchema(outline, context.schema)) return { verdict: 'rejected', code: 'wrong_format', field: 'schema' };",
    ],
  ),
  bug(
    'the-other-pages-of-an-overtaken-answer',
    'found in our own store: of two tabs that are answered at once the later wrote what the earlier had not, and what moved was out of sight',
    [
      'client/store/page-steps.ts',
      'if (isOvertaken) return undefined;',
      'if (isOvertaken && one !== undefined) one.isNews = false;',
    ],
  ),
  bug(
    'left-before-its-records-come-elsewhere',
    'found in our own store: a hamlet left in a transaction of its own, before the pages that bring its records by another channel',
    [
      'client/store/page-steps.ts',
      'const isAnyNews = left.length > 0 ||',
      "if (left.length > 0) {\n      await disk.write(['meta', 'channels', 'segments', 'outbox', 'drafts'], async (tables) => await tables.meta.put(await leave(tables, await readLog(tables), left, absent)));\n      await core.follow();\n    }\n    const isAnyNews = left.length > 0 ||",
    ],
  ),
  bug(
    'kept-before-a-restore-that-nobody-noticed',
    'found in our own store: a backup was put back unnoticed before the verdict came, and what the endpoint had said it has was never sent again',
    ['client/store/page-steps.ts', 'outbox.isKeptOnly(deviceSeq) && !askedOnce.has(deviceSeq)', 'false'],
  ),
  bug(
    'a-list-that-nobody-reads-hides-what-waits',
    'found in our own endpoint: a change to a visit whose feedback was erased was set aside, and no supervisor saw it',
    ['server/waiting-trial.ts', '!hidden.some(isRead)', 'hidden.length === 0'],
  ),
  rareBug(
    'refused-before-it-was-known-to-be-erased',
    'found in our own endpoint: a change that came before the entry which would have made its record was refused, and outlived the erasure on its phone',
    ['server/receive-entry.ts', 'await eraseTouching(tx, communeCode, outline, await eraseUnmade(context, tx, communeCode, outline, erased));', 'await eraseUnmade(context, tx, communeCode, outline, erased);'],
  ),
  bug(
    'what-a-refused-entry-would-have-made',
    'found in our own endpoint: what was written about a visit that had been refused outlived the erasure of its household on its phone',
    ['server/erasure.ts', '...(await rejectedBelow(tx, communeCode, parentId))', '...((): string[] => (void rejectedBelow, []))()'],
  ),
  bug(
    'an-older-word-on-who-the-member-is',
    'found in our own store: of two tabs that are answered at once the later named the older roles, beside the lists that the other had opened',
    ['client/store/page-steps.ts', 'if (member !== undefined && (await isAnyOpenedSince(tables, answer))) return undefined;', ''],
  ),
  bug(
    'a-double-keeps-what-its-household-took-back',
    'found in our own endpoint: whoever wrote that it declined did not know of its double, which stayed named',
    ['server/apply-entry.ts', 'for (const { after } of declining) await declineDoubles(', 'for (const { after } of declining.slice(declining.length)) await declineDoubles('],
  ),
  bug(
    'merged-unaware-into-a-household-that-declined',
    'found in our own endpoint: a named double was merged by somebody who had not heard that the household declined',
    ['domain/change.ts', 'withoutDeclined(record, decliningAsDouble(record, change, context), context)', 'withoutDeclined(record, change, context)'],
  ),
];
