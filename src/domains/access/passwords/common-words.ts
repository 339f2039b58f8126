/** Words and runs that people build passwords from, without digits around them and with letters for look-alikes. */
export const commonWords: ReadonlySet<string> = new Set(
  `abc abcd abcde abcdef abcdefg abcdefgh abcdefghij access admin administrator adminadmin aini aaaa alibaba asd asdf
  asdfg asdfgh asdfghj asdfghjk asdfghjkl asdfjkl asdasd asdqwe bailey baseball basketball batman beijing blahblah
  changeme changqing charlie china chocolate company computer crm customer dearbook default demo donald douyin dragon
  football forever freedom fuck fuckyou guangzhou guest hangzhou hello helloworld hunter iloveu iloveyou iloveyouforever
  internet jennifer jesus jordan justin killer letmein letmeinnow liverpool login lovely loveme loveyou loveyouforever
  manager marketing master michael michelle microsoft monkey mustang mypassword newpassword nihao nihaoma nopassword
  ninja office oppo orange pass passpass passwd password passwordpassword passphrase perennial pikachu pokemon princess
  private qazwsx qazwsxedc qazwsxedcrfv qwe qweasd qweasdzxc qweqwe qwer qwerasdf qwerasdfzxcv qwert qwerty qwertyqwerty
  qwertyui qwertyuiop qwertyuiopasdfghjkl root samsung secret service shadow shanghai shenzhen soccer spring starwars
  staff summer autumn winter sunshine superman supervisor support system taobao temp temppassword test tester testing
  testtest tianmao tmall trustno user username wang wangwang wechat weixin welcome welcomeback whatever woaini
  woainiwoaini woaiwojia wodemima woshishei xiaomi yanfa yidong yingxiao yonghu yunying zaq zaqxsw zaqwsx zhang zxc
  zxcv zxcvb zxcvbn zxcvbnm zxczxc`.split(/\s+/),
);

/** Keyboard rows and counting, forwards; backwards is tried as well. */
export const runs = ['01234567890123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm', '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p', '1q2w3e4r5t6y7u8i9o0p', 'q1w2e3r4t5y6u7i8o9p0'];
