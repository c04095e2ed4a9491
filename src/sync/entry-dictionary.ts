/**
 * Preset dictionaries of the deflated entries. A dictionary NEVER CHANGES once a phone has sealed with it: what was sealed is
 * opened with the very same bytes, years later as well. New words go into a new dictionary under a new id; a test pins the hash.
 */
import { textToBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';

/** What deflate finds near the end costs least: rare first (words, then values), the frame of every entry last. */
const words =
  'khảo sát, tuyên truyền, giám sát, biên phòng, công an, mặt trận, hội phụ nữ, hội nông dân, cựu chiến binh, đoàn thanh niên, ' +
  'người cao tuổi, trưởng xóm, bí thư chi bộ, tổ trưởng, ủy ban nhân dân xã, khối dân vận, nhà văn hóa, trạm y tế, bảo hiểm y tế, ' +
  'hộ nghèo, hộ cận nghèo, gia đình chính sách, trợ cấp, chế độ, hồ sơ, giấy tờ, căn cước, sổ đỏ, đất đai, đền bù, giải phóng mặt bằng, ' +
  'nhà tạm, dột nát, sửa nhà, làm nhà, chuồng trại, vay vốn, cây giống, con giống, phân bón, dịch bệnh, tiêm phòng, trâu bò, lợn gà, ' +
  'ruộng nương, ngô lúa, lũ quét, sạt lở, mưa bão, rét đậm, cháy rừng, ô nhiễm, rác thải, vệ sinh môi trường, nước sạch, nước sinh hoạt, ' +
  'đường ống, bể nước, mất nước, mất điện, đường dây điện, cột điện, sóng điện thoại, đường đi, đường bê tông, ổ gà, cầu, cống, mương, ' +
  'trường học, học sinh, thầy cô giáo, con em, đi học, bỏ học, ốm đau, bệnh viện, thuốc, thăm hỏi, động viên, chúc Tết, tặng quà, ' +
  'chia buồn, ma chay, cưới xin, đi vắng, đi làm xa, hẹn lại, ngày mai, tuần sau, tháng sau, đã báo, đã ghi nhận, đã trả lời, đã giải thích, ' +
  'sẽ báo lại, sẽ hỏi lại xã, xin hỗ trợ, đề nghị, kiến nghị, phản ánh, mong muốn, cảm ơn, bà con, gia đình, ông, bà, anh, chị, cháu, ' +
  'chưa có, không có, không được, nhiều lần, từ lâu, bị hỏng, xuống cấp, của xóm, trong xóm, ở xóm, đầu xóm, cuối xóm, nhà ông, nhà bà, ' +
  'gần cầu, cạnh trường, Nguyễn Văn , Nguyễn Thị , Hoàng Văn , Hoàng Thị , Nông Văn , Nông Thị , Lý Văn , Lý Thị , Triệu Văn , ' +
  'Đàm Văn , Bế Văn , Lục Văn , Đặng Văn , Dương Văn , Vàng A , Giàng A , Sùng A , Lầu Thị , Thào Thị , Phùng ';

const values =
  '"livelihood""scholarship""medical""merit""barn""front""women""farmers""veterans""youth""elderly""border_guard""police""military""commune"' +
  '"policy_merit""elderly_alone""disabled""child_support""temporary_house""near_poor""poor""vi""tay""nung""mong""dao""lolo"' +
  '"ill_visit""hardship""newspaper""info_meeting""training""study_trip""commendation""tet_visit""central""province"' +
  '"poverty_list""compensation""environment""paperwork""staff_attitude""animal_disease""production""culture""insurance""housing""signal"' +
  '"electricity""land""school""health""water""road""other""newborn""support_delivery""housing_check""bereavement""illness""disaster"' +
  '"policy_info""feedback_followup""tet""asked_later""absent""not_asked""no""contact":"yes"' +
  '"choose_answer""extend""transfer_up""return""add_detail""not_found""close_unreachable""reopen""merge""withdraw""refer"' +
  '"satisfied""partly""not""office""paper""meeting""phone""letter""box""triage""assign""start""answer""deliver""confirm"' +
  '"hoi_chinh_sach""de_nghi_ho_tro""cam_on""khieu_nai""to_cao""kien_nghi""phan_anh""anonymous""name_withheld""urgent_safety"';

const fields =
  ',"publicAnswer":","answer":","reason":","comment":","detail":","field":","intoId":","eventId":","unitId":","dueOn":"' +
  ',"delete":true}","deleted":true,"sourceListId":","houseLabel":"Nhà ,"members":,"needs":["],"lang":","no":,"headName":"' +
  ',"amount":,"inKind":","deliveredBy":","level":","fullName":","birthYear":19,"sex":"m","sex":"f","occupationOrRole":","languages":["' +
  ',"companions":["],"needsReported":["],"deliveryIds":["],"durationMin":,"nameToResponder":true,"citizenName":","citizenPhone":"0' +
  '{"type":"confirm","feedbackId":","step":,"on":"2027-","confirmation":"{"type":"deliver","channel":"visit"}}' +
  '"kind":"prestigious_person","areaId":""kind":"prestigious_contact","areaId":"","base":0,"set":{"personId":"' +
  '"kind":"benefit","areaId":""kind":"unit","areaId":""kind":"feedback_event","areaId":"","base":0,"set":{"type":"' +
  '"kind":"household","areaId":"04","base":1,"set":{"phone":"09"phone":"03"phone":null}}' +
  '"kind":"feedback","areaId":"","base":0,"set":{"kind":"phan_anh","receivedOn":"2026-","receiptCode":","channel":"visit","topic":"' +
  ',"text":","place":","anonymity":"named","urgency":"normal"},"settles":["';

const frame =
  ',"feedbackIds":["]}}]}{"entryId":"01a","deviceId":"01a","deviceSeq":1,"memberId":"01a","schema":1,"occurredAt":"2026-12-' +
  'T08:00+07:00","after":["01a"],"changes":[{"recordId":"01a","kind":"visit","areaId":"0","base":0,"set":{"householdId":"01a' +
  '","date":"2026-","purpose":"regular","met":"yes","topics":[""],"outcome":"Đã "}}]}';

export const dictionaryOne: Bytes = textToBytes(words + values + fields + frame);

/** By the id that travels with a sealed entry; 0 is "none". Undefined: an id that this build does not know. */
export function dictionaryOf(id: number): Bytes | undefined {
  if (id === 0) return new Uint8Array(0);
  return id === 1 ? dictionaryOne : undefined;
}

/** The dictionary that new entries are sealed with. */
export const newestDictionary = 1;
