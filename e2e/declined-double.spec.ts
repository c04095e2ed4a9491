/**
 * A household that was entered twice says no at its door, without a signal: what is about to go on the double is said before it is saved; nothing of the phone names it
 * from then on, and nothing of the commune once it was sent. Domain model 3.1, decision 0028.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEndpoint } from './endpoint-process.ts';
import { databaseText, recordsAt } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { look } from './look.ts';
import { choose, enrol, fillVisit, goTo, newPhone, openHousehold, openInside, save, sendNow, startVisit } from './phone.ts';

const head = 'Triệu Mùi Nái (mẫu)';
const phones = ['0912111222', '0912333444'];
const household = { search: 'trieu mui nai', household: `${head} · số 101` };
const searchLabel = 'Tìm tên, số nhà, số điện thoại';

test('a household with a double declines at the door without a signal, and is named nowhere any more', async () => {
  const endpoint = await startEndpoint();
  const lead = await newPhone(endpoint.url);
  const told = () => [head, ...phones].filter((words) => databaseText(endpoint.folder).includes(words));
  try {
    const list = join(endpoint.folder, 'danh-sach.csv');
    writeFileSync(list, ['STT,Xóm,Họ và tên chủ hộ,Số điện thoại', `101,Ngọc Sơn,${head},${phones[0]}`, `102,Ngọc Sơn,${head},${phones[1]}`].join('\n'));
    await endpoint.administer('import-households', list, '--commune', '01456');
    await enrol(lead, endpoint.links[1]!);
    const { page } = lead;
    await sendNow(lead);

    await test.step('the lead merges its double, and the commune has it', async () => {
      await openHousehold(page, household);
      await page.getByText('Việc khác', { exact: true }).click();
      await page.getByRole('link', { name: 'Gộp hộ ghi trùng', exact: true }).click();
      await page.getByRole('list', { name: 'Có thể trùng' }).getByRole('button', { name: /số 102/ }).click();
      await page.getByRole('radiogroup', { name: 'Giữ hộ nào?' }).locator('label', { hasText: 'số 101' }).click();
      await page.getByRole('button', { name: 'Gộp làm một hộ' }).click();
      await expect(page.getByText('Đã gộp làm một hộ.')).toBeVisible();
      await sendNow(lead);
      expect(told()).toEqual([head, ...phones]);
    });
    const double = recordsAt(endpoint.folder, 'household').find(({ fields }) => fields['no'] === 102)!;
    expect(double.fields).toMatchObject({ headName: head, phone: phones[1], mergedInto: expect.any(String) });

    await test.step('its page of consent and the visit’s form say which double loses it too', async () => {
      await lead.goOffline();
      const warning = 'ở bản ghi trùng (số 102) cũng bị xóa';
      await openInside(lead, `/ho/${String(double.fields['mergedInto'])}/dong-y`);
      await choose(page.getByRole('radiogroup', { name: 'Bà con trả lời' }), 'Không đồng ý');
      await expect(page.getByText(warning)).toBeVisible();
      await look(page, 'consent-refused-double', { atNight: false });
      await startVisit(page, household);
      await fillVisit(page, { met: 'Có' });
      await expect(page.getByText(warning)).toHaveCount(0);
      await choose(page.getByRole('radiogroup', { name: 'Bà con trả lời' }), 'Không đồng ý');
      await expect(page.getByText(warning)).toBeVisible();
      await look(page, 'visit-refused-double', { atNight: false });
      await save(page);
      await page.getByText('Xong', { exact: true }).click();
    });

    const isNamedNowhere = async () => {
      await goTo(lead, 'Hộ');
      for (const typed of [household.search, ...phones.map((phone) => phone.slice(-6))]) {
        await page.getByLabel(searchLabel).fill(typed);
        await expect(page.getByText(`Không thấy hộ nào khớp “${typed}”.`, { exact: false })).toBeVisible();
        await expect(page.getByText(/^Không còn theo dõi \(/)).toHaveCount(0);
      }
      await openInside(lead, `/ho/${double.recordId}`);
      await expect(page.getByRole('heading', { level: 1, name: 'Hộ số 102' })).toBeVisible();
      await expect(page.getByText('Tách ra cũng không lấy lại được', { exact: false })).toBeVisible();
      const shown = await page.locator('body').innerText();
      expect([head, ...phones].filter((words) => shown.includes(words))).toEqual([]);
    };
    await test.step('from then on the phone names it nowhere', isNamedNowhere);

    await test.step('nor the commune, once it was sent', async () => {
      await lead.goOnline();
      await sendNow(lead);
      expect(told()).toEqual([]);
      expect(recordsAt(endpoint.folder, 'household').find(({ fields }) => fields['no'] === 102)?.fields).toMatchObject({ contact: 'no', mergedInto: double.fields['mergedInto'] });
      await isNamedNowhere();
      await look(page, 'household-double-nameless', { atNight: false });
    });

    await test.step('parted again, for it was no double, it is asked itself, and named once it agrees', async () => {
      await page.getByRole('button', { name: 'Tách ra' }).click();
      await expect(page.getByText('Chính hộ này chưa nói không', { exact: false })).toBeVisible();
      await expect(page.getByRole('link', { name: 'Hộ có cho ghi không Chưa hỏi' })).toBeVisible();
      await look(page, 'household-to-ask', { atNight: false });
      await page.getByRole('link', { name: 'Ghi câu trả lời' }).click();
      await choose(page.getByRole('radiogroup', { name: 'Bà con trả lời' }), 'Đồng ý');
      await page.getByRole('button', { name: 'Lưu', exact: true }).click();
      await expect(page.getByLabel('Chủ hộ')).toHaveAccessibleDescription(/./u);
      await look(page, 'consent-of-parted', { atNight: false });
      await page.getByLabel('Chủ hộ').fill('Triệu Văn Khé (mẫu)');
      await page.getByRole('button', { name: 'Lưu', exact: true }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Triệu Văn Khé (mẫu)' })).toBeVisible();
      await expect(page.getByText('Chính hộ này chưa nói không', { exact: false })).toHaveCount(0);
      await sendNow(lead);
      expect(recordsAt(endpoint.folder, 'household').find(({ fields }) => fields['no'] === 102)?.fields).toMatchObject({ contact: 'yes', headName: 'Triệu Văn Khé (mẫu)' });
      expect(told()).toEqual([]);
    });
    expect([...lead.complaints]).toEqual([]);
  } finally {
    await lead.dispose();
    await endpoint.dispose();
  }
});
