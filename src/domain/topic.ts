/** What a feedback or a visit is about (domain model 3.1, 3.2). */
import * as z from 'zod/mini';

export const topics = [
  'road', 'water', 'electricity', 'signal', 'school', 'health', 'insurance', 'housing', 'poverty_list', 'land',
  'compensation', 'environment', 'paperwork', 'staff_attitude', 'production', 'animal_disease', 'disaster', 'culture', 'other',
] as const;
export type Topic = (typeof topics)[number];
export const topicSchema = z.enum(topics);

/**
 * What is said about staff goes past the team it is about, to the bloc's lead alone: no list that a hamlet reads names it, and no visit or contact has this topic
 * (domain model 3.1, 3.2; who reads it: docs/privacy.md). No topic is about nobody.
 */
export function isAboutStaff(topic: Topic | '' | undefined): topic is 'staff_attitude' {
  return topic === 'staff_attitude';
}

/** A visit or a contact is never about the attitude of staff: that is feedback. */
export const visitTopics = topics.filter((topic) => !isAboutStaff(topic));
export type VisitTopic = (typeof visitTopics)[number];
export const visitTopicSchema = z.enum(visitTopics as [VisitTopic, ...VisitTopic[]]);

/** Kinds of support a household may say it needs (domain model 1). */
export const supportKinds = [
  'housing', 'barn', 'livelihood', 'scholarship', 'medical', 'disaster', 'merit', 'tet_gift', 'other',
] as const;
export type SupportKind = (typeof supportKinds)[number];
export const supportKindSchema = z.enum(supportKinds);
