/** Who set what on a record, and when. */
export const history = {
  title: 'Lịch sử sửa đổi',
  asking: 'Đang hỏi xã…',
  /** Whoever brought it in is not known by name here: a list of the commune, or somebody of another place. */
  unnamed: 'Xã hoặc người khác',
  first: 'ghi lần đầu',
  changed: 'sửa',
  deleted: 'bỏ phiếu',
  cleared: 'để trống',
  quietly: 'sửa phần đi kèm',
  notSentYet: 'Chưa gửi',
  onlyKnownHere: 'Đây là phần máy này biết. Phần còn lại phải có sóng mới xem được.',
  failed: (why: string) => `${why} Dưới đây là phần máy này biết.`,
  tryAgain: 'Hỏi lại',
  laidAside: 'chưa chọn giữ bản nào',
  noneYet: 'Chưa có gì để kể.',
  recordGone: 'Không thấy phiếu này trên máy.',
  openRecord: 'Xem phiếu',
};
