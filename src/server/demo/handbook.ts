/** The first pages of the handbook, true to what the screens of this app say and do, and two documents with the receipts of some teams. */
import type { PageInput } from '#domain/write-handbook.ts';
import type { Doing, Notebook } from './notebook.ts';
import { demoMembers, ngocSon, quangHan } from './places.ts';

const { bloc, lead } = demoMembers;
const by = (who: { readonly memberId: string }, daysAgo: number): Doing => ({ memberId: who.memberId, daysAgo });

export const communePages: readonly PageInput[] = [
  {
    title: 'Ghi một lượt thăm',
    order: 1,
    body: `Đi thăm trước, ghi sau. Không có sóng vẫn ghi được: máy tự gửi khi có sóng.

## Ở nhà bà con

1. Mở hộ trong danh sách **Hộ**, bấm **Ghi lượt thăm**.
2. Chọn **Gặp?**: Có, Vắng hay Hẹn lại. Vắng thì bấm Lưu là xong.
3. Chọn lý do đến thăm. Có ai đi cùng thì chọn đơn vị, không ghi tên.
4. **Đã làm, đã hẹn**: một hai câu về việc đã giúp, việc đã hẹn.
5. Bà con có điều muốn nói với xã thì bấm **Ghi ý kiến**. Xem trang [Ý kiến và mã tiếp nhận](y-kien-va-ma-tiep-nhan).
6. Bấm **Lưu**.

## Viết thế nào cho đúng

| Nên viết | Không viết |
|---|---|
| Hẹn thứ Năm mang ống nước tới | Nhà này khó nói chuyện |
| Đã đưa đơn xin sửa nhà, còn thiếu chữ ký | Bà con nghĩ gì về cán bộ |
| Báo giúp Trạm Y tế đến thăm người ốm | Tên bệnh |

Hộ lần đầu gặp thì máy nhắc hỏi đồng ý. Lời hỏi ở trang [Hỏi bà con có cho ghi không](hoi-ba-con-co-cho-ghi-khong).`,
  },
  {
    title: 'Những điều không bao giờ ghi',
    order: 2,
    body: `Sổ này đếm việc đã làm **cho** dân, không ghi dân nghĩ gì. Ghi sai chỗ này là mất lòng tin, có khi làm hại cả một nhà.

## Không ghi

- Theo đạo nào, có là đảng viên không, bầu cho ai, quan điểm thế nào.
- Khen chê một người, một nhà; chấm điểm, xếp loại.
- Tên bệnh. Chỉ ghi "ốm, đã thăm".
- Nghi ngờ, tin báo an ninh, chuyện ma túy, ai qua lại biên giới. Việc ấy báo công an, biên phòng, không qua sổ này.
- Số căn cước, tọa độ nhà, tên trẻ em, dân tộc của hộ. Máy chỉ hỏi bà con nói tiếng gì.
- Lời khiếu nại, tố cáo. Xem trang [Khiếu nại, tố cáo nói tại cửa](khieu-nai-to-cao-noi-tai-cua).

## Máy nhắc thì làm gì

Khi lưu mà máy báo có chữ không nên ghi, bỏ chữ ấy đi rồi lưu lại. Chữ vẫn còn trong bản nháp, không mất. Máy không báo cho ai biết bạn đã gõ gì.

> Không chắc thì hỏi mình: câu này đọc to lên trước mặt bà con có được không?`,
  },
  {
    title: 'Hỏi bà con có cho ghi không',
    order: 3,
    body: `Lần đầu gặp, đọc to cho bà con nghe, bằng tiếng bà con hiểu:

> Tổ dân vận xin ghi tên, số điện thoại và các lần đến thăm nhà mình, để nhớ việc đã hẹn, báo lại đúng người. Chỉ tổ dân vận của xóm và khối dân vận xã đọc. Nhà mình xem, sửa, rút lại, xin xóa lúc nào cũng được. Không đồng ý cũng không mất quyền lợi gì. Nhà mình đồng ý không?

## Bà con trả lời

- **Đồng ý**: ghi như thường.
- **Không đồng ý**: bấm Lưu là máy bỏ tên, số điện thoại, diện cần giúp. Hộ vẫn được thăm, chỉ còn đếm là một hộ. Đừng hỏi lại; bà con tự nói đổi ý thì mới ghi.
- **Hỏi sau**: lần tới hỏi.

## Bà con muốn xem

Mở hộ, bấm **Những gì đang lưu về hộ này**, đưa máy cho bà con xem tại nhà. Muốn sửa, rút lại đồng ý hay xin xóa thì làm ngay ở màn hình ấy.`,
  },
  {
    title: 'Ý kiến và mã tiếp nhận',
    order: 4,
    body: `Bà con nói điều gì muốn xã trả lời thì ghi thành ý kiến, đúng lời bà con.

## Ghi

1. **Bà con nói gì?** Việc gì, ở đâu, mong gì.
2. Hỏi: ghi tên hay giấu tên? Giấu tên thì ý kiến gửi riêng, không kèm tên, hộ hay giờ.
3. Ghi tên thì hỏi thêm: có cho đơn vị trả lời biết tên không?
4. Lưu xong, máy hiện **mã tiếp nhận**, như \`7K3F-2M9Q-H\`. Chép ra giấy, đưa cho bà con.

## Mã để làm gì

Ai giữ mã thì hỏi lại được, cũng không cần nói tên. Với ý kiến giấu tên, **chỉ báo trả lời cho người đưa ra mã**.

## Khi xã trả lời

Việc hiện ở **Cần báo lại cho dân** trong Hôm nay. Đến tận nhà nói lại, hỏi bà con thấy thế nào, ghi đúng lời: hài lòng, được một phần, hay chưa hài lòng. Chưa hài lòng thì ý kiến mở lại để xã xem tiếp.

Ý kiến về thái độ cán bộ đi thẳng tới trưởng khối dân vận xã. Gửi xong, máy của tổ không còn thấy nó nữa.`,
  },
  {
    title: 'Khiếu nại, tố cáo nói tại cửa',
    order: 5,
    body: `Khiếu nại, tố cáo phải đi đường của luật. Tổ dân vận **không ghi nội dung, không ghi tên**, không nhận đơn thay.

## Nói với bà con

"Việc này bà con đến nơi tiếp công dân của xã, nói trực tiếp hoặc nộp đơn thì mới có người giải quyết và trả lời theo luật. Tôi chỉ cho bà con chỗ và giờ."

## Làm trên máy

1. Bấm **Ghi ý kiến**, chọn **Khiếu nại** hoặc **Tố cáo**.
2. Máy bỏ phần chữ và tên đã ghi, chỉ giữ loại, ngày và xóm.
3. Máy hiện nơi và giờ tiếp công dân. In hay chép tờ ấy cho bà con: trên tờ không có tên ai, việc gì.

Đừng kể lại với người khác trong tổ. Người tố cáo có thể bị làm khó nếu lộ ra.`,
  },
  {
    title: 'Mất máy',
    order: 6,
    body: `Mất máy, hay bị lấy máy, **báo ngay trong ngày**. Báo càng sớm, sổ của bà con càng ít bị lộ.

## Làm ngay

1. Gọi quản trị của xã, nói tên mình: xin **thu hồi máy**. Đăng xuất thôi chưa đủ.
2. Nhớ lại: lần cuối máy có sóng là bao giờ, đã ghi thêm phiếu nào từ lúc ấy. Phiếu ấy xã chưa có.
3. Xin lời mời mới cho máy khác. Vẫn là tài khoản của bạn, không phải lập lại.

## Máy mất có lộ gì không

- Máy đang khóa: sổ trong máy khóa kín, không có cụm mật khẩu hay mã PIN thì không mở được. Gõ sai 10 lần máy tự xóa.
- Thu hồi rồi: lần kết nối tới, máy tự xóa khóa, sổ và bản viết dở.
- Phiếu chưa gửi nằm kín trong máy. Nếu máy về tới sóng, xã vẫn nhận được và xem lại.

## Để đỡ lo

Đặt cụm mật khẩu dễ nhớ với mình, không viết lên vỏ máy. Không đưa máy đang mở cho ai, trừ khi cho bà con xem sổ của chính nhà mình.`,
  },
];

/** The province's own, which the phones of all its communes read. */
export const provincePages: readonly PageInput[] = [
  {
    title: 'Nói bằng tiếng của bà con',
    order: 7,
    body: `Nói bằng tiếng bà con quen thì bà con mới nói hết điều muốn nói.

- Trước khi đi, xem hộ **nói chuyện bằng** tiếng gì. Chưa rõ thì hỏi rồi ghi vào. Đó là tiếng nói, không phải dân tộc.
- Mình không nói được tiếng ấy thì rủ người trong tổ nói được đi cùng. Đừng nhờ trẻ em dịch.
- Nói câu ngắn. Nói xong một việc thì hỏi lại: "Bà con thấy tôi nói thế có đúng ý không?"
- Lời hỏi đồng ý và câu trả lời của xã: dịch đủ ý, không thêm, không bớt.
- Ghi ý kiến thì đọc lại cho bà con nghe trước khi lưu.`,
  },
];

/** `others`: whoever stands for the teams of hamlets that have nobody in the demo. */
export function writeHandbook(notebook: Notebook, others: Doing): void {
  for (const page of communePages) notebook.page(quangHan, page, by(bloc, 30));
  const directive = notebook.document(
    quangHan,
    {
      number: '49-CT/TW', date: '2015-10-20', issuer: 'Ban Bí thư', kind: 'directive', asksReceipt: true,
      title: 'Về tăng cường và đổi mới công tác dân vận của Đảng ở vùng đồng bào dân tộc thiểu số',
      summary:
        'Với tổ dân vận: gần dân, hiểu dân, nói tiếng của bà con, tôn trọng phong tục tốt.\nĐến từng hộ, nghe bà con nói, giúp việc thiết thực, mang câu trả lời về.\nDựa vào người có uy tín, cùng bà con bàn và làm việc của xóm.',
    },
    by(bloc, 30),
  );
  const plan = notebook.document(
    quangHan,
    {
      number: '12-KH/ĐU (mẫu)', date: notebook.dayBefore(9), issuer: 'Đảng ủy xã Quang Hán', kind: 'plan', asksReceipt: true,
      title: 'Kế hoạch thăm hộ khó khăn trước mùa rét (mẫu)',
      summary:
        'Mỗi tổ thăm hết các hộ trong diện cần giúp trước ngày 20 tháng này.\nXem mái nhà, chăn ấm, củi, người già ở một mình. Thiếu gì thì ghi vào ý kiến, loại Đề nghị hỗ trợ.\nViệc gấp thì gọi thẳng khối dân vận xã, không chờ máy gửi.',
    },
    by(bloc, 9),
  );
  notebook.confirm(directive, ngocSon, by(lead, 21));
  notebook.confirm(directive, '01456-002', { ...others, daysAgo: 18 });
  notebook.confirm(directive, '01456-003', { ...others, daysAgo: 17 });
  notebook.confirm(plan, '01456-003', { ...others, daysAgo: 6 });
}
