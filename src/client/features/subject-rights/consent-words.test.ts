import { expect, it } from 'vitest';
import { vi } from '#client/languages/vi.ts';
import { consentWording } from '#domain/consent.ts';

it('what is read aloud at the door stays word for word the same as long as its version does', () => {
  expect({ [consentWording]: vi.subjectRights.consent.text }).toEqual({
    1: 'Tổ dân vận xin ghi tên, số điện thoại và các lần đến thăm nhà mình, để nhớ việc đã hẹn, báo lại đúng người. Chỉ tổ dân vận của xóm và khối dân vận xã đọc. Nhà mình xem, sửa, rút lại, xin xóa lúc nào cũng được. Không đồng ý cũng không mất quyền lợi gì. Nhà mình đồng ý không?',
  });
});
