// Every word that the grid says; columns and refusals bring their own from the server.

const figure = (n) => n.toLocaleString('zh-CN');
const pad = (n) => String(n).padStart(2, '0');

function clock(when) {
  const at = new Date(when);
  if (Number.isNaN(at.getTime())) return '';
  const time = `${pad(at.getHours())}:${pad(at.getMinutes())}`;
  const today = at.toDateString() === new Date().toDateString();
  return today ? time : `${at.getMonth() + 1}月${at.getDate()}日 ${time}`;
}

const author = (who, when) => [who || '别人', when && clock(when)].filter(Boolean).join(' ');

export const words = {
  yes: '是',
  no: '否',
  grid: (label) => `${label}台账`,
  number: '行号',
  cell: '单元格内容',
  search: '搜索',
  searchIn: (label) => `搜索${label}`,
  undo: '撤销',
  redo: '重做',
  add: '新增一行',
  addShort: '新增',
  remove: '删除',
  open: '打开',
  openRow: (name) => `打开 ${name || '这一行'} 的记录`,
  blank: '在此输入新的一行',
  choose: '可选项',
  clear: '（清空）',
  noMatch: '没有相符的选项',
  looking: '正在查找…',
  loading: '正在读取…',
  retry: '重试',
  failed: (why) => why || '现在连不上，已写下的内容都还在，恢复后自动继续',
  empty: '还没有内容：在空行里直接输入，或从 Excel、WPS 复制后粘贴',
  emptyReadonly: '还没有内容',
  noneFound: '没有找到相符的内容，请换个词再试',
  total: (n, unit) => `共 ${figure(n)} ${unit || '行'}`,

  saved: '已保存',
  saving: (n) => (n > 1 ? `保存中… 还剩 ${figure(n)} 处` : '保存中…'),
  drafts: (n, missing) => `${n} 行草稿，还缺${missing}`,
  unsaved: (n, why) => `${figure(n)} 处未保存：${why}`,
  refusedCount: (n) => `${n} 处填写有误`,
  conflictCount: (n) => `${n} 处与别人的修改冲突`,
  keptCount: (n) => `${n} 处没有撤销`,
  offline: (n) => (n ? `连接中断，${figure(n)} 处已存在本机，恢复后自动保存` : '连接中断，正在重连…'),
  signIn: (n) => (n ? `登录已过期，${figure(n)} 处已存在本机，重新登录后自动保存` : '登录已过期'),
  signInLink: '重新登录',
  forbidden: (n, why) => `${figure(n)} 处未保存：${why || '没有权限，请刷新页面'}`,
  reload: '刷新页面',
  full: '本机存储已满，保存完之前请不要关闭页面',
  unsavedTitle: '未保存的内容',
  unsavedNone: '没有未保存的内容',
  close: '关闭',
  details: '查看',
  goThere: '去看',
  discard: '放弃我的',
  gotIt: '知道了',
  takeTheirs: '用对方的',
  takeMine: '用我的',
  deleteAnyway: '仍然删除',
  keepRow: '保留这一行',
  theirs: '对方',
  mine: '我的',
  emptyValue: '（空）',
  changedBy: (who, when) => `${author(who, when)} 改过`,
  newRow: '新的一行',
  wholeRow: '整行',
  noAnswer: '服务器没有答复这一处，请重新填写',

  readonlyColumn: (label) => `“${label}”不能修改`,
  readonlyGrid: '您只能查看，不能修改',
  noAdd: '您不能新增',
  noDelete: '您不能删除',
  maskedHint: '已遮盖：请输入完整的新内容；不输入则保持不变',
  notFound: (text) => `没有找到“${text}”，请从列表中选`,
  several: (text) => `“${text}”不止一个，请从列表中选`,

  confirmDelete: (n) => `删除选中的 ${figure(n)} 行？`,
  confirmDeleteHint: '删除后可以撤销。',
  cancel: '取消',
  notLoaded: '这些行正在读取，请稍后再试一次',
  pasted: (cells, rows) => `已粘贴 ${figure(cells)} 处` + (rows ? `，新增 ${figure(rows)} 行` : ''),
  skipped: (n) => `，${figure(n)} 处不能修改，未粘贴`,
  tooMany: (n) => `太多了：一次最多 ${figure(n)} 处，请分几次`,
  copied: (n) => `已复制 ${figure(n)} 处`,
  nothingToUndo: '没有可撤销的修改',
  nothingToRedo: '没有可重做的修改',
  undone: (n) => `已撤销 ${figure(n)} 处`,
  redone: (n) => `已重做 ${figure(n)} 处`,
  notNow: '没有成功：现在连不上，请稍后再试',
  kept: (what) => `没有撤销：${what}`,
  laterEdit: (who, when) => `${author(who, when)} 又改过，没有覆盖`,
  leaving: '再按 Tab 离开表格',
};
