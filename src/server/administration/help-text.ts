/** What `npm run admin` says of itself. */
import { roles } from '#domain/role.ts';

export const helpText = `Quản trị Gần Dân (administration)

npm run admin -- <lệnh>

  import-areas TỆP
      Nạp danh mục tỉnh, xã (XLSX hoặc CSV: code, level, kind, name, parent_code).

  import-households TỆP --commune MÃ_XÃ [--create-hamlets] [--near keep|merge|skip] [--dry-run] [--skip-bad TỆP_LỖI] [--undo-file TỆP]
      Nạp danh sách hộ của xã (XLSX hoặc CSV). Có dòng sai thì không ghi gì, trừ khi có --skip-bad: dòng sai sang TỆP_LỖI.
      --create-hamlets  tạo xóm chưa có    --dry-run  chỉ đọc thử, không ghi; có dòng sai thì kết thúc với mã 1
      --near  với dòng có thể trùng hộ đã có (cùng xóm mà cùng tên, cùng số điện thoại, hoặc cùng nhà và tên gần giống):
              keep  vẫn ghi riêng và kể ra để xem lại (mặc định)    merge  sửa hộ đã có theo danh sách    skip  không ghi
      --undo-file  ghi lại những gì đã nạp, để sau này lấy lại bằng undo-import

  import-prestigious TỆP --commune MÃ_XÃ [như import-households]
      Nạp danh sách người có uy tín, kèm quyết định công nhận. Trùng khi cùng xóm, cùng tên, cùng năm sinh.

  import-feedback TỆP --commune MÃ_XÃ [--dry-run] [--skip-bad TỆP_LỖI] [--undo-file TỆP]
      Nạp sổ theo dõi phản ánh, kiến nghị: đã nhận, đã giao cho đơn vị nào, đã trả lời. Tên và địa chỉ người phản ánh không được nạp.
      Đơn khiếu nại, tố cáo chỉ ghi loại, ngày và xóm.

  import-models TỆP --commune MÃ_XÃ [như import-households]
      Nạp danh sách mô hình Dân vận khéo. Trùng khi cùng tên, cùng người đăng ký, cùng năm; có thể trùng (--near) khi cùng nơi, cùng tên.

  undo-import TỆP --commune MÃ_XÃ [--dry-run]
      Lấy lại một lần nạp, từ tệp --undo-file của nó: hộ mới đóng lại vì ghi nhầm, mục mới khác bị xóa, mục đã sửa trở về như trước.
      Những gì từ đó đã có người sửa hay ghi tiếp thì giữ nguyên và kể ra.

  import-bundle TỆP [--receipt TỆP_BIÊN_NHẬN]
      Nhận tệp phiếu (.gandan) mang tay đến. Tệp đã niêm phong, không ai đọc được trên đường; nhận lại nhiều lần cũng không nhân đôi.
      --receipt  ghi biên nhận ra tệp để mang về máy đã gửi

  add-unit --commune MÃ_XÃ --name TÊN_ĐƠN_VỊ
      Thêm một đơn vị trả lời ý kiến (UBND xã, Mặt trận, Đồn biên phòng…).

  set-reception --commune MÃ_XÃ --place NƠI_TIẾP_CÔNG_DÂN --hours GIỜ_TIẾP
      Ghi nơi và giờ tiếp công dân của xã. Máy của tổ chỉ cho dân đến đó khi có khiếu nại, tố cáo.

  invite --commune MÃ_XÃ --role VAI_TRÒ --name HỌ_TÊN [--hamlet MÃ_XÓM] [--unit MÃ_HOẶC_TÊN_ĐƠN_VỊ] [--new]
      Tạo thư mời cho một người: dùng một lần, trong 72 giờ.
      Vai trò: ${roles.join(', ')}
      Tổ dân vận (team_member, team_lead) cần --hamlet; đơn vị trả lời (responder) cần --unit.
      Đã có người cùng tên, cùng vai trò ở nơi ấy thì không mời, trừ khi có --new (một người khác trùng tên).

  invite --commune MÃ_XÃ --member MÃ_NGƯỜI
      Máy mới cho người đã có trong sổ: vẫn là người ấy, với vai trò đang giữ.

  assign MÃ_NGƯỜI --commune MÃ_XÃ --role VAI_TRÒ [--hamlet MÃ_XÓM] [--unit MÃ_HOẶC_TÊN_ĐƠN_VỊ]
      Đổi vai trò hoặc xóm của một người, có hiệu lực ngay: từ nay chỉ còn vai trò này.

  list-members --commune MÃ_XÃ
      Liệt kê mọi người trong xã: mã, vai trò đã và đang giữ với ngày bắt đầu, ngày hết, thư mời còn dùng được.

  cancel-invitation MÃ_THƯ_MỜI --commune MÃ_XÃ
      Thu lại một thư mời chưa dùng. Mã có trong list-members.

  list-devices [--commune MÃ_XÃ]
      Liệt kê thiết bị, kèm mã của người dùng.

  revoke --commune MÃ_XÃ MÃ_THIẾT_BỊ
      Thu hồi thiết bị bị mất: máy tự xóa khi kết nối lại.

  erase MÃ_MỤC --commune MÃ_XÃ
      Xóa vĩnh viễn một mục cùng những gì thuộc về nó (hộ và các lần thăm, ý kiến và các bước…), cả lịch sử và trên các máy.
      Không lấy lại được, kể cả từ bản sao lưu.

  retain [--dry-run]
      Bỏ những gì đã hết hạn giữ (lượt thăm, lời và tên trong ý kiến đã xong…), như máy chủ tự làm mỗi ngày. Không lấy lại được.
      --dry-run  chỉ đếm, không bỏ gì

  verify-audit
      Kiểm tra nhật ký kiểm toán của từng xã: có dòng nào bị sửa hay bị bỏ không. Sai thì kết thúc với mã 1.
      Ghi lại số dòng và dấu cuối ở nơi khác để lần sau biết phần cuối có bị cắt không.
`;
