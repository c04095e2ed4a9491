/**
 * 1,024 common words of one syllable, friendly to see. No two are the same without marks, and none is changed by a Vietnamese
 * keyboard when typed without them (no `oo`, no s, f, r, x, j, w after the vowel): tests hold both. Words may change freely:
 * a passphrase that was taken is not looked up here again.
 */
export const passphraseWords: readonly string[] = `
ai an ánh áo ấm ấp âu ba bạc bạch bài bám bàn bánh báo bát bay băng bắp bầu bé béo bến bếp bí bìa bích biếc biển biết biếu
bím bình bít bò bọc bóp bốn bông bột bơi bơm bùa bụi bún buồm buông buốt búp bút buýt bức bừng bước bưởi bưu cá các cách cải
cam cánh cao cáp cát cẳng cần cầu cây chả chạc chai chàm chanh cháo chạp chảy chăn chất chậu che chén chèo chép chếch chêm
chênh chị chia chích chiếc chiêm chiên chiêng chiết chiều chim chín chính chịu choàng chọc chòm chọn chóp chổi chồng chốt
chợ chua chuẩn chúc chùm chung chuối chuồn chuông chuột chút chuyện chữ cọc cói con cong cô cột cơm củ cua cúc củi cung cuốc
cuộn cúp cười cườm cương cừu dành dâu dây dép dê dệt diêm diếp diều dịp dịu doanh dốc dù duyên duyệt dưa dừng đá đạc đài đàn
đào đắng đắp đầm đất đèo đêm đền đều đi đĩa đích điện đình đò đóa đoàn đóm đón đót đồi đồng đúc đùi đụn đuốc đuôi đượm đường
em én eo ép ếch gà gạc gạch gai gánh gạo găng gặp gặt gấm gần gấu gậy ghẹo ghép ghế ghềnh ghi ghim giá giải giàn giang giành
giao giáp giàu giày giặt giấc giấm gié gieo giếng gió giỏi giòn giọng giọt giục giun giúp giữ giữa giường gói gọn góp gỗ gốc
gốm gồng gù gùi guốc gừng gươm gương hạ hạc hái hàm hàng hạnh hào hạt hàu hay hân hấp hè hẻm hẹn heo hẹp hết hiếm hiền hiểu
hình hít hoa hoạch hoài hoàn hoàng hoành hoạt hoặc học hót hồ hội hôm hồng hộp hơn hũ huấn huệ hùm hun hùng húp hút huy
huyện huynh huýt hứa hương hươu hữu kem kèn kẻng kẹo kép kê kênh kết khá khác khách khai khám khang khảo khay khăn khắp khâu
khe khen khéo khép khênh khỉ khiêm khiên khiêng khiết khiếu khít kho khoác khoai khoán khoảng khoanh khỏe khói khóm khớp khu
khua khuân khuấy khúc khum khung khuôn khuy khuya khuyên khuyết khuynh khướu kia kích kiếm kiến kiềng kiểu kim kín kính kịp
lá lạc lách lái làm lan làng lành lao lạt lay lắp lẩu len leng leo lê lệnh lều lì lia lịch liếc liềm liền liệng liễu lim
linh lít lọ loa loài loan loáng loanh loạt lóe lót lộc lồng lợi lớn lớp lu lúa luân luật lục lui lúm lún lúp lũy luyện lưng
lược lưới lượm lươn lương lượt lứt lựu mạ mạch mai màn mành mào mát mau mặc mắm măng mập mây mẹ men mèo mẹt mềm mì mía miền
miếng miệt mỉm mịn minh mít món mọng mộc môi mốt mơ mũ mùa mũi mun muối muỗm muôn mực mừng mương mướp mượt mứt na nạc nai
nành nào nảy nắn nắng nắp nấm nâu né nem neo nét nến nếp nêu ngà ngách ngải ngàn ngang ngành ngao ngáp ngát ngày ngắm ngâu
nghé nghênh nghêu nghỉ nghĩa nghịch nghiêm nghiên nghiêng nghiệp nghìn ngoài ngoạm ngoan ngoảnh ngoáy ngoặc ngọc ngói ngon
ngọt ngô ngỗng ngủ ngụm nguồn ngụp nguyên nguyệt ngựa ngửi ngưng ngược người ngưỡng nhà nhạc nhài nhãn nhang nhanh nhào nhau
nhảy nhắm nhập nhất nhẹ nhện nhị nhích nhiệm nhiên nhiếp nhiệt nhiều nhím nhìn nhịp nho nhoài nhoáng nhoẻn nhóm nhót nhồi
nhộn nhộng nhuần nhúm nhung nhuộm nhụy nhuyễn như nhường nia niềm niên niềng niêu ninh nít níu nóc nón nồi nông nộp nơ nơm
nụ núi nung nuôi nuốt núp nút nứa nức nước nương oách oai oanh ong ốc ổi ôm ơn ớt phà phách phải phao pháp phát phay phẳng
phẩm phấn pheo phép phê phên phết phễu phi phía phích phiên phiếu phim phin phòng phồn phở phơi phú phúc phun phụng phút
phước phướn phượng quà quai quán quảng quanh quạt quay quen quét quê quốc quý quyển quyết quỳnh quýt rá rạch rải rán ráng
rảnh rào rạp rau rắc rằm rẫy rẻ rèm rèn reo rét rêu rì ria riềng riêu rim rìu rọc rót rổ rồi rộn rồng rơm rợp ru rùa ruột
rút rực rừng rước rươi rướn rương sa sách sải sàn sáng sánh sao sáp sáu sắc sắt sâm sậy sẻ sen sét sếp sếu si siêng siêu sim
sinh sò soạn soát sóc sỏi sóng sọt sớm sơn su suất sủi sum sụn sung suối suốt súp suýt sữa sức sườn sương sưu tạ tách tài
tạnh táo tàu tay tắc tằm tặng tân tập tất tem tép tế tên tết thả thác thạch thái tháng thanh thảo tháp thau thăm thân thật
thầy thẻ then theo thép thêm thênh thêu thi thìa thích thiếc thiện thiêng thiệp thiết thiều thím thìn thính thịt thỏ thoa
thoại thoáng thoát thóc thổi thôn thông thơm thớt thu thuận thuật thuê thúng thuôn thuở thủy thuyền thuyết thưa thực thước
thương thướt tí tía tích tiệc tiệm tiên tiếng tiếp tiết tiêu tím tin tính tíu toa toại toán tóc tỏi tôm tôn tổng tốt tơ trà
trạch trái tranh trao trát trảy trắc trăm trăng trân trâu tre trèo trên trêu trí trích triền triệu trình trìu trò tròn trống
trời trụ trúc trùm truyện trưa trứng trước trườn trường trượt tủ tuần tuất túc tuệ túi túm tùng tuôn tuốt tùy tuyến tuyết
tựa tươi tường ủi um ủng uốn uống úp út uyên ước ươm ướp ướt ưu và vạc vạch vải vàm vàng vành vào vạt váy vân vé ven vèo vẹt
ví vỉa việc viên viết vịn vịnh vịt vỏ voi vòm võng vốc vốn vợt vụ vui vun vuông vút vữa vực vừng vược vườn vượt xà xách xám
xanh xào xắn xăng xắt xấp xâu xây xe xem xen xẻng xèo xét xếp xích xiếc xiêm xiên xin xinh xít xoa xoài xoan xoay xòe xóm
xong xô xốc xôi xốp xu xuân xuất xúc xuê xúm xuôi xuồng xuyến xuýt xưa xưng yếm yến yểng yêu
`.trim().split(/\s+/);
