/** The tables' history. A migration that shipped never changes; the next one gets the next number. */
import { Migrator } from 'kysely/migration';
import type { Migration } from 'kysely/migration';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** A migration knows the tables as they were at its time, so it does not use today's schema. */
type AnyDatabase = Kysely<unknown>;

const first: Migration = {
  async up(db: AnyDatabase) {
    await db.schema
      .createTable('meta')
      .addColumn('name', 'text', (c) => c.primaryKey())
      .addColumn('value', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('endpoint_key')
      .addColumn('keyId', 'text', (c) => c.primaryKey())
      .addColumn('privateKey', 'text', (c) => c.notNull())
      .addColumn('publicKey', 'text', (c) => c.notNull())
      .addColumn('createdAt', 'integer', (c) => c.notNull())
      .execute();
    await createRecordTables(db);
    await createEntryTables(db);
    await createAccountTables(db);
    await createLists(db);
  },
};

async function createRecordTables(db: AnyDatabase): Promise<void> {
  await db.schema
    .createTable('record')
    .addColumn('communeCode', 'text', (c) => c.notNull())
    .addColumn('recordId', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('areaId', 'text', (c) => c.notNull())
    .addColumn('parentId', 'text')
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('deleted', 'integer', (c) => c.notNull())
    .addColumn('fields', 'text', (c) => c.notNull())
    .addColumn('conflicts', 'text', (c) => c.notNull())
    .addColumn('memberId', 'text', (c) => c.notNull())
    .addColumn('occurredAt', 'text', (c) => c.notNull())
    .addColumn('receivedAt', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('record_key', ['communeCode', 'recordId'])
    .execute();
  await db.schema.createIndex('record_by_parent').on('record').columns(['communeCode', 'parentId']).execute();
  await db.schema.createIndex('record_by_area').on('record').columns(['communeCode', 'areaId', 'kind']).execute();
  await db.schema
    .createTable('record_history')
    .addColumn('communeCode', 'text', (c) => c.notNull())
    .addColumn('recordId', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('field', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('deviceId', 'text', (c) => c.notNull())
    .addColumn('memberId', 'text', (c) => c.notNull())
    .addColumn('entryId', 'text', (c) => c.notNull())
    .addColumn('occurredAt', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('record_history_key', ['communeCode', 'recordId', 'version', 'field'])
    .execute();
  await db.schema
    .createTable('channel_counter')
    .addColumn('communeCode', 'text', (c) => c.notNull())
    .addColumn('channelId', 'text', (c) => c.notNull())
    .addColumn('counter', 'integer', (c) => c.notNull())
    .addColumn('digest', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('channel_counter_key', ['communeCode', 'channelId'])
    .execute();
  await db.schema
    .createTable('channel_row')
    .addColumn('communeCode', 'text', (c) => c.notNull())
    .addColumn('channelId', 'text', (c) => c.notNull())
    .addColumn('recordId', 'text', (c) => c.notNull())
    .addColumn('sequence', 'integer', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('gone', 'text', (c) => c.check(sql`gone in ('deleted', 'evicted')`))
    .addColumn('hidden', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('channel_row_key', ['communeCode', 'channelId', 'recordId'])
    .addUniqueConstraint('channel_row_sequence', ['communeCode', 'channelId', 'sequence'])
    .execute();
  await db.schema.createIndex('channel_row_by_record').on('channel_row').columns(['communeCode', 'recordId']).execute();
}

async function createEntryTables(db: AnyDatabase): Promise<void> {
  await db.schema
    .createTable('entry')
    .addColumn('communeCode', 'text', (c) => c.notNull())
    .addColumn('entryId', 'text', (c) => c.notNull())
    .addColumn('contentHash', 'text', (c) => c.notNull())
    .addColumn('deviceId', 'text', (c) => c.notNull())
    .addColumn('deviceSeq', 'integer', (c) => c.notNull())
    .addColumn('verdict', 'text', (c) => c.notNull())
    .addColumn('code', 'text')
    .addColumn('field', 'text')
    .addColumn('after', 'text')
    .addColumn('sequences', 'text')
    .addColumn('verdictVersion', 'integer', (c) => c.notNull())
    .addColumn('receivedAt', 'text', (c) => c.notNull())
    .addColumn('settledAt', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('entry_key', ['communeCode', 'entryId'])
    .execute();
  await db.schema.createIndex('entry_by_device').on('entry').columns(['communeCode', 'deviceId', 'deviceSeq']).execute();
  await db.schema
    .createTable('waiting_entry')
    .addColumn('communeCode', 'text', (c) => c.notNull())
    .addColumn('entryId', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull().check(sql`reason in ('after', 'schema', 'fault', 'quarantined')`))
    .addColumn('schema', 'integer', (c) => c.notNull())
    .addColumn('restoredPhone', 'integer', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('allowedThen', 'text')
    .addColumn('since', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('waiting_entry_key', ['communeCode', 'entryId'])
    .execute();
  await db.schema
    .createTable('waiting_after')
    .addColumn('communeCode', 'text', (c) => c.notNull())
    .addColumn('afterId', 'text', (c) => c.notNull())
    .addColumn('entryId', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('waiting_after_key', ['communeCode', 'afterId', 'entryId'])
    .execute();
}

async function createAccountTables(db: AnyDatabase): Promise<void> {
  await db.schema
    .createTable('member')
    .addColumn('communeCode', 'text', (c) => c.notNull())
    .addColumn('memberId', 'text', (c) => c.notNull())
    .addColumn('createdAt', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('member_key', ['communeCode', 'memberId'])
    .execute();
  await db.schema
    .createTable('assignment')
    .addColumn('communeCode', 'text', (c) => c.notNull())
    .addColumn('memberId', 'text', (c) => c.notNull())
    .addColumn('assignmentNo', 'integer', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('hamletId', 'text')
    .addColumn('unitId', 'text')
    .addColumn('fromDay', 'text', (c) => c.notNull())
    .addColumn('toDay', 'text')
    .addPrimaryKeyConstraint('assignment_key', ['communeCode', 'memberId', 'assignmentNo'])
    .addForeignKeyConstraint('assignment_member', ['communeCode', 'memberId'], 'member', ['communeCode', 'memberId'])
    .execute();
  await db.schema
    .createTable('device')
    .addColumn('communeCode', 'text', (c) => c.notNull())
    .addColumn('deviceId', 'text', (c) => c.notNull())
    .addColumn('memberId', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('active', 'retired', 'revoked')`))
    .addColumn('publicKey', 'text', (c) => c.notNull())
    .addColumn('deliveryTokenHash', 'text', (c) => c.notNull())
    .addColumn('enrolledAt', 'integer', (c) => c.notNull())
    .addColumn('lastContactAt', 'integer', (c) => c.notNull())
    .addColumn('unsent', 'integer', (c) => c.notNull())
    .addColumn('revokedAt', 'integer')
    .addPrimaryKeyConstraint('device_key', ['communeCode', 'deviceId'])
    .addUniqueConstraint('device_delivery_token', ['communeCode', 'deliveryTokenHash'])
    .addForeignKeyConstraint('device_member', ['communeCode', 'memberId'], 'member', ['communeCode', 'memberId'])
    .execute();
  await db.schema
    .createTable('session')
    .addColumn('communeCode', 'text', (c) => c.notNull())
    .addColumn('tokenHash', 'text', (c) => c.notNull())
    .addColumn('deviceId', 'text', (c) => c.notNull())
    .addColumn('createdAt', 'integer', (c) => c.notNull())
    .addColumn('lastUsedAt', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('session_key', ['communeCode', 'tokenHash'])
    .addForeignKeyConstraint('session_device', ['communeCode', 'deviceId'], 'device', ['communeCode', 'deviceId'])
    .execute();
  await db.schema
    .createTable('challenge')
    .addColumn('communeCode', 'text', (c) => c.notNull())
    .addColumn('challengeHash', 'text', (c) => c.notNull())
    .addColumn('deviceId', 'text', (c) => c.notNull())
    .addColumn('expiresAt', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('challenge_key', ['communeCode', 'challengeHash'])
    .execute();
  await db.schema
    .createTable('invitation')
    .addColumn('communeCode', 'text', (c) => c.notNull())
    .addColumn('tokenHash', 'text', (c) => c.notNull())
    .addColumn('memberId', 'text', (c) => c.notNull())
    .addColumn('createdAt', 'integer', (c) => c.notNull())
    .addColumn('expiresAt', 'integer', (c) => c.notNull())
    .addColumn('usedByDeviceId', 'text')
    .addColumn('usedAt', 'integer')
    .addColumn('cancelledAt', 'integer')
    .addPrimaryKeyConstraint('invitation_key', ['communeCode', 'tokenHash'])
    .addForeignKeyConstraint('invitation_member', ['communeCode', 'memberId'], 'member', ['communeCode', 'memberId'])
    .execute();
}

async function createLists(db: AnyDatabase): Promise<void> {
  await db.schema
    .createTable('erasure')
    .addColumn('communeCode', 'text', (c) => c.notNull())
    .addColumn('recordId', 'text', (c) => c.notNull())
    .addColumn('erasedAt', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('erasure_key', ['communeCode', 'recordId'])
    .execute();
  await db.schema
    .createTable('audit')
    .addColumn('communeCode', 'text', (c) => c.notNull())
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('audit_key', ['communeCode', 'number'])
    .execute();
  await sql`create trigger audit_never_changed before update on audit begin select raise(abort, 'the audit log is append-only'); end`.execute(db);
  await sql`create trigger audit_never_removed before delete on audit begin select raise(abort, 'the audit log is append-only'); end`.execute(db);
}

/** Renewed devices, and what supervisors decide on entries that were set aside. */
const second: Migration = {
  async up(db: AnyDatabase) {
    await db.schema.alterTable('device').addColumn('replaces', 'text').execute();
    for (const column of ['decidedBy', 'note', 'acceptedAs']) await db.schema.alterTable('entry').addColumn(column, 'text').execute();
    // SQLite changes no constraint of a table that is there.
    await db.schema
      .createTable('waiting_entry_kept')
      .addColumn('communeCode', 'text', (c) => c.notNull())
      .addColumn('entryId', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull().check(sql`reason in ('after', 'schema', 'fault', 'quarantined', 'accepted')`))
      .addColumn('schema', 'integer', (c) => c.notNull())
      .addColumn('restoredPhone', 'integer', (c) => c.notNull())
      .addColumn('content', 'text', (c) => c.notNull())
      .addColumn('allowedThen', 'text')
      .addColumn('since', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('waiting_entry_kept_key', ['communeCode', 'entryId'])
      .execute();
    await sql`insert into waiting_entry_kept select "communeCode", "entryId", reason, schema, "restoredPhone", content, "allowedThen", since from waiting_entry`.execute(db);
    await db.schema.dropTable('waiting_entry').execute();
    await db.schema.alterTable('waiting_entry_kept').renameTo('waiting_entry').execute();
  },
};

/** From which device something was done. What was noted before says nothing of it, and keeps its place in the chain. */
const third: Migration = {
  async up(db: AnyDatabase) {
    await db.schema.alterTable('audit').addColumn('origin', 'text').execute();
  },
};

/** What a citizen's rights need: where an erased record may still lie, who has said that it does not, and until when retention was run. */
const fourth: Migration = {
  async up(db: AnyDatabase) {
    await db.schema
      .createTable('rejected_record')
      .addColumn('communeCode', 'text', (c) => c.notNull())
      .addColumn('recordId', 'text', (c) => c.notNull())
      .addColumn('entryId', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('rejected_record_key', ['communeCode', 'recordId', 'entryId'])
      .execute();
    await db.schema
      .createTable('device_channel')
      .addColumn('communeCode', 'text', (c) => c.notNull())
      .addColumn('deviceId', 'text', (c) => c.notNull())
      .addColumn('channelId', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('device_channel_key', ['communeCode', 'deviceId', 'channelId'])
      .execute();
    await db.schema
      .createTable('erasure_device')
      .addColumn('communeCode', 'text', (c) => c.notNull())
      .addColumn('recordId', 'text', (c) => c.notNull())
      .addColumn('deviceId', 'text', (c) => c.notNull())
      .addColumn('channelId', 'text', (c) => c.notNull())
      .addColumn('sequence', 'integer', (c) => c.notNull())
      .addColumn('endsAt', 'integer')
      .addColumn('erasedAt', 'integer', (c) => c.notNull())
      .addColumn('confirmedAt', 'integer')
      .addPrimaryKeyConstraint('erasure_device_key', ['communeCode', 'recordId', 'deviceId', 'channelId'])
      .execute();
    await db.schema.createIndex('erasure_device_open').on('erasure_device').columns(['communeCode', 'deviceId', 'confirmedAt']).execute();
    await db.schema
      .createTable('retention_run')
      .addColumn('communeCode', 'text', (c) => c.primaryKey())
      .addColumn('doneFor', 'text', (c) => c.notNull())
      .execute();
  },
};

/** `insert or replace` removes the line it replaces without asking the trigger that forbids it: only what comes after the last line is let in. */
const fifth: Migration = {
  async up(db: AnyDatabase) {
    await sql`
      create trigger audit_only_grows before insert on audit
      when new.number <= (select coalesce(max(number), 0) from audit where "communeCode" = new."communeCode")
      begin select raise(abort, 'the audit log is append-only'); end`.execute(db);
  },
};

/** Days that the daily run has seen and not believed yet. */
const sixth: Migration = {
  async up(db: AnyDatabase) {
    await db.schema.alterTable('retention_run').addColumn('seenOn', 'text').execute();
    await db.schema.alterTable('retention_run').addColumn('followed', 'integer').execute();
  },
};

/** What a rejected entry would have made, and below what: an erasure takes along what was written about it since. */
const seventh: Migration = {
  async up(db: AnyDatabase) {
    await db.schema.alterTable('rejected_record').addColumn('parentId', 'text').execute();
  },
};

/** Pictures of attachments. */
const eighth: Migration = {
  async up(db: AnyDatabase) {
    await db.schema
      .createTable('picture')
      .addColumn('communeCode', 'text', (c) => c.notNull())
      .addColumn('recordId', 'text', (c) => c.notNull())
      .addColumn('arrivedAt', 'integer', (c) => c.notNull())
      .addColumn('box', 'blob', (c) => c.notNull())
      .addPrimaryKeyConstraint('picture_key', ['communeCode', 'recordId'])
      .execute();
  },
};

/** A slip is found by its code: in what was said itself, so that nothing else has to be forgotten with it. */
const ninth: Migration = {
  async up(db: AnyDatabase) {
    await sql`create index record_receipt on record (json_extract(fields, '$.receiptCode')) where kind = 'feedback'`.execute(db);
  },
};

const migrations: Record<string, Migration> = {
  '0001-first': first,
  '0002-renewed-devices-and-decisions': second,
  '0003-where-it-was-done': third,
  '0004-rights-of-citizens': fourth,
  '0005-audit-only-grows': fifth,
  '0006-days-that-are-doubted': sixth,
  '0007-what-was-never-made': seventh,
  '0008-pictures': eighth,
  '0009-receipts': ninth,
};

/** Brings the tables to today's form. Throws where a step fails, or where the database is newer than this program. */
export async function migrate(db: Database): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error instanceof Error ? error : new Error('the database could not be migrated', { cause: error });
}
