/** A row of the list of mobilization models (mô hình Dân vận khéo) as a model. */
import { mobilizationModelSchema } from '#domain/mobilization-model.ts';
import type { MobilizationModel, ModelField } from '#domain/mobilization-model.ts';
import { wordingIn } from '#domain/wording.ts';
import { toRejection } from '#domain/rejection.ts';
import { yearOfText } from './cells.ts';
import type { ListField } from './layout.ts';
import type { ReadContext } from './read-list.ts';
import type { RowReader } from './row-reader.ts';
import { firstSaid, saysAny } from './words.ts';

export interface ModelRow {
  readonly model: MobilizationModel;
}

const fieldWords: readonly (readonly [ModelField, readonly string[]])[] = [
  ['new_rural', ['nông thôn mới', 'ntm']],
  ['political_system', ['hệ thống chính trị', 'xây dựng đảng', 'htct']],
  ['defense_security', ['quốc phòng', 'an ninh', 'qpan', 'anqp', 'biên giới', 'qp']],
  ['economy', ['kinh tế', 'kt', 'giảm nghèo']],
  ['culture_society', ['văn hóa', 'văn hoá', 'xã hội', 'vhxh', 'vh', 'giáo dục', 'y tế', 'môi trường']],
];

const collectiveWords = [
  'chi bộ', 'chi hội', 'chi đoàn', 'hội', 'đoàn', 'mặt trận', 'mttq', 'ubnd', 'ubmttq', 'xóm', 'thôn', 'bản', 'tổ', 'trường', 'trạm', 'ban', 'đảng ủy', 'đảng uỷ', 'công an',
  'quân sự', 'khối', 'đồn', 'htx', 'hợp tác xã', 'câu lạc bộ', 'clb', 'tập thể', 'nhóm', 'xã', 'phường',
];
const personWords = ['ông', 'bà', 'anh', 'chị', 'đồng chí', 'đ c', 'cá nhân', 'hộ ông', 'hộ bà', 'gia đình'];

const fieldColumns = {
  title: 'title', field: 'field', owner: 'owner', year: 'year', registeredOn: 'registeredOn', plan: 'plan', households: 'households', results: 'results',
  decisionNo: 'decisionNo', recognizedOn: 'recognizedOn',
} as const satisfies Partial<Record<keyof MobilizationModel, ListField>>;

export function readModel(reader: RowReader, { today }: ReadContext): ModelRow | undefined {
  const thisYear = Number(today.slice(0, 4));
  const owner = reader.text('owner');
  const registeredOn = reader.day('registeredOn');
  const recognizedOn = reader.day('recognizedOn');
  for (const [field, day] of [['registeredOn', registeredOn], ['recognizedOn', recognizedOn]] as const) {
    if (day !== undefined && day > today) reader.refuse(field, 'in_future');
  }
  const households = reader.number('households');
  const year = yearOf(reader, thisYear) ?? yearIn(registeredOn) ?? yearIn(recognizedOn);
  const field = firstSaid(reader.text('field'), fieldWords);
  if (field === undefined && reader.text('field') !== '') reader.refuse('field', 'unknown_field_of_work');
  const decisionNo = reader.text('decisionNo');
  const isRecognized = decisionNo !== '' || recognizedOn !== undefined;
  const results = resultsOf(reader.text('results'));
  const fields = {
    ...(reader.text('title') === '' ? {} : { title: reader.text('title') }),
    ...(field === undefined ? {} : { field }),
    ownerKind: ownerKindOf(owner),
    ...(owner === '' ? {} : { owner }),
    ...(year === undefined ? {} : { year }),
    ...(registeredOn === undefined ? {} : { registeredOn }),
    ...(reader.text('plan') === '' ? {} : { plan: reader.text('plan') }),
    ...(households === undefined ? {} : { households }),
    ...(results.length === 0 ? {} : { results }),
    state: isRecognized ? ('recognized' as const) : ('registered' as const),
    ...(decisionNo === '' ? {} : { decisionNo }),
    ...(recognizedOn === undefined ? {} : { recognizedOn }),
  };
  const parsed = mobilizationModelSchema.safeParse(fields, { reportInput: true });
  for (const issue of parsed.error?.issues ?? []) {
    const { code, field: refused } = toRejection([issue]);
    const column = fieldColumns[refused as keyof typeof fieldColumns];
    if (column === undefined) throw new Error(`a list of models has no column for ${refused}: ${code}`);
    reader.refuse(column, code);
  }
  // What no form saves no list brings in: a person has to write it otherwise.
  for (const column of ['title', 'owner', 'plan', 'results'] as const) if (wordingIn(reader.text(column), 'model').length > 0) reader.refuse(column, 'wording');
  return parsed.data === undefined ? undefined : { model: parsed.data };
}

function yearOf(reader: RowReader, thisYear: number): number | undefined {
  const text = reader.text('year');
  const year = yearOfText(text, thisYear);
  if (text !== '' && year === undefined) reader.refuse('year', 'not_a_year');
  return year;
}

function yearIn(day: string | undefined): number | undefined {
  return day === undefined ? undefined : Number(day.slice(0, 4));
}

/** `Ông Nông Văn Sơn` is one person, `Chi hội Phụ nữ xóm Ngọc Sơn` is not; two to five words that all begin with a capital are a name. */
function ownerKindOf(owner: string): MobilizationModel['ownerKind'] {
  const first = owner.split(' ').slice(0, 2).join(' ');
  if (owner === '' || saysAny(first, collectiveWords)) return 'collective';
  if (saysAny(first, personWords) || /^\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){1,4}$/u.test(owner)) return 'individual';
  return 'collective';
}

/** `Số hộ thoát nghèo: 12 hộ; đường 500 m` -> a measure each; what holds no number at its end is a measure without one. */
function resultsOf(text: string): NonNullable<MobilizationModel['results']> {
  return text
    .split(/;|\.\s/u)
    .map((part) => part.replace(/[.\s]+$/u, '').trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [, metric, digits, unit] = /^(.*?)[:\s]+(\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?)(?:\s+(\p{L}[\p{L}\p{N}/ ]{0,19}))?$/u.exec(part) ?? [];
      if (metric === undefined || digits === undefined || metric.trim() === '') return { metric: part };
      const value = Number(digits.replaceAll('.', '').replace(',', '.'));
      return { metric: metric.trim(), value, ...(unit === undefined ? {} : { unit: unit.trim() }) };
    });
}
