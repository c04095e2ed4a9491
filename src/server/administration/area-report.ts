/** What an import of areas did, or what is wrong with the list, in lines for a terminal. */
import { areaKinds } from '#domain/area.ts';
import type { AreaImport } from './area-import.ts';
import type { AreaError } from './area-list.ts';
import { numberText } from './number-text.ts';

export function areaImportReport(done: AreaImport): string[] {
  const count = `${numberText(done.provinces)} tỉnh, thành phố và ${numberText(done.communes)} xã, phường, đặc khu`;
  if (done.created + done.changed.length === 0) return [`${count}: không có gì thay đổi.`];
  const lines = [
    `${count}: ${numberText(done.created)} mới, ${numberText(done.changed.length)} thay đổi, ${numberText(done.unchanged)} giữ nguyên.`,
  ];
  for (const { areaId, before, after } of done.changed) {
    lines.push(before === after ? `  ${areaId} ${after}: đổi loại hoặc nơi trực thuộc.` : `  ${areaId}: ${before} đổi tên thành ${after}.`);
  }
  return lines;
}

const reasons: Record<AreaError['code'], string> = {
  extra_cells: 'thừa ô (tên có dấu phẩy phải để trong ngoặc kép)',
  bad_code: 'mã sai (tỉnh 2 chữ số, xã 5 chữ số)',
  code_twice: 'mã đã có ở dòng',
  bad_level: 'cấp phải là province hoặc commune',
  bad_kind: `loại phải là một trong ${areaKinds.slice(0, 5).join(', ')}`,
  kind_of_level: 'loại này không thuộc cấp này',
  bad_name: 'tên phải có từ 1 đến 80 chữ',
  no_parent: 'còn thiếu mã tỉnh',
  unknown_parent: 'không có tỉnh mang mã này',
  parent_of_province: 'tỉnh không trực thuộc nơi nào, hãy để trống',
};

export function areaErrorText({ line, column, value, code, otherLine }: AreaError): string {
  const said = value === '' ? '' : ` “${value}”`;
  return `Dòng ${line}, ${column === undefined ? 'sau cột cuối' : `cột ${column}`}:${said} ${reasons[code]}${otherLine === undefined ? '' : ` ${otherLine}`}.`;
}
