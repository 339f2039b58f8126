import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, describe, expect, it } from 'vitest';
import { readZipped, wordText } from '../../../../../test/read-word.ts';
import type { WrittenDocument } from '../../contract.ts';
import { figures, heading, list, paragraph, table, under } from '../blocks.ts';
import { createDocuments } from './documents.ts';
import { widthsOf } from './looks.ts';

const pdfText = async (file: Buffer): Promise<{ text: string; pages: number }> => {
  const { text, totalPages } = await extractText(await getDocumentProxy(new Uint8Array(file)), { mergePages: true });
  return { text: text.replace(/\s/g, ''), pages: totalPages };
};

const simplified = '为什么要有用户运营部门：获客成本三年涨了一倍，老客复购只有两成。';
const traditional = '為什麼要有用戶營運部門：獲客成本三年漲了一倍，老客回購只有兩成。龜龍灣臺嚮徵';
const english = 'Why a department of its own: a new customer costs twice what it did.';
const sample = (text: string): WrittenDocument => ({
  title: '2026 <规划> 🎉 & more', subtitle: text,
  blocks: [
    heading(1, text), ...paragraph(text, 'lead'), ...list([text, `${text}\n第二行`]),
    ...table([{ title: '目标' }, { title: '目标值', isNumber: true }], [[text, '35%'], ['会员 👩‍👩‍👧', '1,000']]),
    ...figures([{ label: '预算', value: '¥1,200,000', note: text }]), ...paragraph(`a${String.fromCharCode(1)}b\ud800c`, 'note'),
  ],
});

describe('documents', () => {
  const documents = createDocuments();
  afterAll(() => documents.end());

  it.each([['zh-CN', simplified], ['zh-TW', traditional], ['en', english]] as const)('say in %s in every format what they were made of', async (locale, text) => {
    const word = wordText(await documents.write(sample(text), 'docx', locale));
    expect(word.split('\n').filter((line) => line === text)).toHaveLength(6);
    expect(word).toContain('2026 <规划> 🎉 & more');
    const pdf = await pdfText(await documents.write(sample(text), 'pdf', locale));
    expect(pdf.text.split(text.replace(/\s/g, ''))).toHaveLength(8);
    for (const part of ['2026<规划>🎉&more', '会员👩‍👩‍👧', '35%', '¥1,200,000', 'abc', '1/1']) expect(pdf.text).toContain(part);
    const html = String(await documents.write(sample(text), 'html', locale));
    expect(html).toContain(`<html lang="${locale}">`);
    expect(html.split(text)).toHaveLength(8);
    expect(html).toContain('2026 &lt;规划&gt; 🎉 &amp; more');
  });

  it('hold in no part of a Word file a character that XML cannot, and keep a line that another program broke', async () => {
    const pasted = `第一行${String.fromCharCode(11)}第二行${String.fromCharCode(1)}`;
    const file = await documents.write({ title: pasted, subtitle: pasted, blocks: [...paragraph(pasted), ...list([pasted]), ...table([{ title: pasted }], [[pasted]])] }, 'docx', 'zh-CN');
    for (const part of ['word/document.xml', 'docProps/core.xml']) expect(readZipped(file, part)).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    expect(wordText(file).split('\n').filter((run) => run === '第二行').length).toBe(6);
  });

  it('have in a PDF every letter that people are called by, and pictures of several signs as one', async () => {
    const names = ['🎉 年货节 👍', '👨‍👩‍👧‍👦 一家', '🇨🇳 🏳️‍🌈', '1️⃣ 2️⃣ #️⃣', '❤️ ⚠️ ✓ ★ ➤', '김민수', 'สมชาย', 'Київ Ґалаґан', 'Łódź Çağ', 'Νίκος', '₩ ₫ ฿ ₹'];
    const { text } = await pdfText(await documents.write({ title: names[0], subtitle: names[1], blocks: [heading(1, names.join('，')), ...list(names), ...table([{ title: '名称' }, { title: '谁' }], names.map((name) => [name, name]))] }, 'pdf', 'zh-CN'));
    for (const name of names) expect(text.split(name.replace(/\s/g, '')).length - 1, name).toBeGreaterThanOrEqual(4);
    // What a font would draw a box for stands in the text as nothing.
    expect(text).not.toContain('\u0000');
    // Fonts draw every skin alike; letters for show stand as what they mean, marks with their letters.
    const { text: varied } = await pdfText(await documents.write({ title: '👍🏽 👩🏿‍🤝‍👨🏻', subtitle: '𝓗𝓲 e\u0301 零\u200d宽', blocks: paragraph('محمد') }, 'pdf', 'zh-CN'));
    expect(varied).toMatch(/^👍(🏽)?👩🏿‍🤝‍👨🏻Hié零宽محمد1\/1$/u);
  });

  it('embed in a PDF the letters that stand in it, not the whole font', async () => {
    const file = await documents.write(sample(simplified), 'pdf', 'zh-CN');
    expect(file.length).toBeLessThan(150_000);
    expect(file.toString('latin1')).toMatch(/\/FontFile[23]/);
    expect(file.toString('latin1')).toContain('/Lang (zh-CN)');
  });

  it('go on over pages: a table keeps its heads, and a cell that is longer than a page is all there', async () => {
    const long = Array.from({ length: 700 }, (_, n) => `第${n}句。`).join('');
    const rows = [...Array.from({ length: 80 }, (_, n) => [`行${n}`, simplified]), ['长', long]];
    const { text, pages } = await pdfText(await documents.write({ title: 'T', subtitle: '', blocks: table([{ title: '名称' }, { title: '说明', share: 2 }], rows) }, 'pdf', 'zh-CN'));
    expect(pages).toBeGreaterThan(3);
    expect(text.split('名称说明').length - 1).toBe(pages);
    for (const part of ['行0', '行79', '第0句', '第699句']) expect(text).toContain(part);
    expect([...text.matchAll(/第\d+句/g)].length).toBeGreaterThanOrEqual(690);
    // No page has heads alone, whatever is long; nothing of it is lost.
    const endless = await documents.write({ title: 'T', subtitle: '', blocks: table([{ title: '名称' }, { title: '说明' }], [['甲', '字'.repeat(10_000)], ['乙', `${'W'.repeat(9_999)}\u{20BB7}`], ['丙', '👩‍👩‍👧\u2060'.repeat(300)], ['丁', '完']]) }, 'pdf', 'zh-CN');
    const { text: each } = await extractText(await getDocumentProxy(new Uint8Array(endless)));
    const bare = each.map((page) => page.replace(/\s|名称|说明|\d+\/\d+/g, '').length);
    expect(Math.min(...bare.slice(1, -1))).toBeGreaterThan(500);
    expect([...each.join('')].filter((letter) => letter === '字').length).toBe(10_000);
    expect(each.join('').split('W').length - 1).toBe(9_999);
    expect(each.join('').split('👩‍👩‍👧').length - 1).toBe(300);
  });

  it('have no heading at the end of a page whose words stand on the next', async () => {
    for (let lines = 20; lines < 48; lines++) {
      const filled = Array.from({ length: lines }, (_, n) => paragraph(`句${n}`)).flat();
      const file = await documents.write({ title: 'T', subtitle: '', blocks: [...filled, heading(1, '章甲'), heading(2, '节乙'), heading(3, '段丙'), ...table([{ title: '名称' }], [['行丁\n二\n三'], ['行戊']])] }, 'pdf', 'zh-CN');
      const { text } = await extractText(await getDocumentProxy(new Uint8Array(file)));
      expect(text.filter((page) => page.includes('章甲')).map((page) => ['节乙', '段丙', '名称', '行丁'].filter((part) => page.includes(part)).length)).toEqual([4]);
    }
  });

  it('leave out what is empty, and share a width among columns without losing any of it', () => {
    expect([...paragraph('  '), ...list([]), ...table([{ title: 'x' }], []), ...under(1, '空', [], [])]).toEqual([]);
    for (const shares of [[1], [1, 1, 1], [3, 1, 2, 7]]) expect(widthsOf(shares, 9_026).reduce((sum, each) => sum + each, 0)).toBe(9_026);
  });

  it('are written while others are: one that fails does not end the thread', async () => {
    const broken = { title: 'x', subtitle: '', blocks: [{ is: 'table', columns: [], rows: [['x']] }] } as unknown as WrittenDocument;
    const [bad, good] = await Promise.allSettled([documents.write(broken, 'pdf', 'en'), documents.write(sample(english), 'pdf', 'en')]);
    expect([bad.status, good.status]).toEqual(['rejected', 'fulfilled']);
  });
});
