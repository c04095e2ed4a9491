/** Words of fields, buttons and marks, the same on every screen. */
export const ui = {
  back: 'Quay lại',
  save: 'Lưu',
  saving: 'Đang lưu…',
  cancel: 'Thôi',
  close: 'Đóng',
  done: 'Xong',
  retry: 'Thử lại',
  copy: 'Chép',
  copied: 'Đã chép',
  undo: 'Hoàn lại',
  show: 'Hiện chữ',
  hide: 'Giấu chữ',
  optional: 'không bắt buộc',
  marks: { on_this_phone: 'trên máy này', sent: 'đã gửi', needs_you: 'cần bạn xem' },
  charactersLeft: (n: number) => `Còn ${n} chữ`,
};
