/** Mending an entry that was not accepted. */
export const mend = {
  title: 'Sửa và gửi lại',
  open: 'Sửa và gửi lại',
  thisOne: 'Xã chưa nhận mục này.',
  save: 'Lưu và gửi lại',
  leaveOut: 'Bỏ mục này',
  putBack: 'Lấy lại',
  emptied: 'xóa trống',
  nothingLeft: 'Đã bỏ hết các mục, không còn gì để gửi. Muốn thôi hẳn thì bấm “Bỏ phiếu này”.',
  notThere: 'Phiếu này không còn cần sửa.',
};
