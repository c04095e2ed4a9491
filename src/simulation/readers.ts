/**
 * Who may read what, written down once more and otherwise: from the domain model's table, record by record, without channels. What the
 * endpoint hands out is held against it.
 */
import { foldFeedback } from '#domain/feedback-fold.ts';
import type { Feedback, FeedbackEvent } from '#domain/feedback.ts';
import type { SimulatedDatabase } from './simulated-database.ts';
import type { Assignment } from '#domain/role.ts';
import { commune } from './commune.ts';
import type { Members } from './members.ts';

export interface StoredRecord {
  readonly recordId: string;
  readonly kind: string;
  readonly areaId: string;
  readonly fields: string;
}

export interface Readers {
  /** Fields the member may not see of it; `nothing`: they may not know that it is there. */
  hiddenFrom(memberId: string, record: StoredRecord): readonly string[] | 'nothing';
  /** From whoever holds these. */
  hiddenFromRoles(assignments: readonly Assignment[], record: StoredRecord): readonly string[] | 'nothing';
}

const citizen = ['citizenName', 'citizenPhone', 'householdId'];

export function createReaders(database: SimulatedDatabase, members: Members): Readers {
  const events = (feedbackId: string) =>
    database.rows<{ recordId: string; fields: string }>(
      `select recordId, fields from record where communeCode = '${commune}' and parentId = ? and kind = 'feedback_event' and deleted = 0`, feedbackId,
    );
  const feedbackOf = (recordId: string) => database.rows<{ fields: string }>(`select fields from record where communeCode = '${commune}' and recordId = ? and kind = 'feedback'`, recordId)[0];

  function standing(feedbackId: string, feedback: Feedback) {
    return foldFeedback(feedback, events(feedbackId).map((row) => ({ eventId: row.recordId, event: JSON.parse(row.fields) as FeedbackEvent })));
  }

  function hiddenOfFeedback(holds: Holding, feedbackId: string, feedback: Feedback, eventId?: string): readonly string[] | 'nothing' {
    const { topic, assignee, history } = standing(feedbackId, feedback);
    if (holds.isBlocLead || (topic !== 'staff_attitude' && (holds.isBloc || holds.inHamlet))) return [];
    const isReferred = feedback.kind === 'khieu_nai' || feedback.kind === 'to_cao';
    if (assignee === undefined || !holds.units.includes(assignee) || isReferred) return 'nothing';
    if (feedback.nameToResponder === true) return [];
    if (eventId === undefined) return citizen;
    const step = history.find((one) => one.eventId === eventId);
    return step?.event.type === 'add_detail' && step.maySayPhone ? ['detail'] : [];
  }

  const readers: Readers = {
    hiddenFrom: (memberId, record) => readers.hiddenFromRoles(members.assignmentsOf(memberId), record),
    hiddenFromRoles(assignments, { recordId, kind, areaId, fields }) {
      const hamletId = members.present(areaId);
      const holds: Holding = {
        isBlocLead: assignments.some(({ role }) => role === 'bloc_lead'),
        isBloc: assignments.some(({ role }) => role === 'bloc_lead' || role === 'bloc_officer'),
        inHamlet: assignments.some((one) => (one.role === 'team_member' || one.role === 'team_lead') && members.present(one.hamletId ?? '') === hamletId),
        units: assignments.flatMap(({ role, unitId }) => (role === 'responder' && unitId !== undefined ? [unitId] : [])),
      };
      if (assignments.length === 0) return 'nothing';
      if (['area', 'unit', 'handbook_page', 'document'].includes(kind)) return [];
      const content = JSON.parse(fields) as Record<string, unknown>;
      if (kind === 'member') {
        const isOfTeam = content['role'] === 'team_member' || content['role'] === 'team_lead';
        return !isOfTeam || holds.isBloc || holds.inHamlet ? [] : 'nothing';
      }
      if (kind === 'feedback') return hiddenOfFeedback(holds, recordId, content as unknown as Feedback);
      if (kind === 'feedback_event') {
        const feedbackId = String(content['feedbackId']);
        const feedback = feedbackOf(feedbackId);
        if (feedback === undefined) return holds.isBloc ? [] : 'nothing';
        return hiddenOfFeedback(holds, feedbackId, JSON.parse(feedback.fields) as Feedback, recordId);
      }
      return holds.isBloc || holds.inHamlet ? [] : 'nothing';
    },
  };
  return readers;
}

interface Holding {
  readonly isBlocLead: boolean;
  readonly isBloc: boolean;
  readonly inHamlet: boolean;
  readonly units: readonly string[];
}
