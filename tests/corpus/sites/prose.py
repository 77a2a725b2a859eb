"""The sentences of made-up news that the pages of sites are made of."""

BRIDGE = (
    "The old bridge over the Sarn will be closed to lorries from Monday, the county council"
    " said after engineers found cracks in two of its seven arches.",
    "Cars and buses may still cross, but only one at a time, and a guard will stand at either"
    " end until the repairs are finished.",
    "“We have known for years that something like this would come,” said Petra Holm, who runs"
    " the bakery at the northern end. “Nobody wanted to pay for it.”",
    "The council expects the work to cost 4.2 million and to take until the spring, provided"
    " that the river does not rise above the scaffolding before then.",
    "A detour through Millbrook adds nineteen kilometres to the trip between the two halves of"
    " the town, and hauliers say that it will cost them an hour a day.",
    "The bridge was built in 1887 from local sandstone, and was last repaired in 1954 after a"
    " barge struck its middle pier in fog.",
    "An independent report published last year had called the crossing safe, though its authors"
    " noted that they had not been allowed to look below the water line.",
    "Councillor Idris Vane, who chairs the roads committee, said that he would ask the ministry"
    " for half of the money before the end of the month.",
)
SCHOOL = (
    "Teachers at eleven schools in the district will not return to work on Thursday, their"
    " union said, after talks about the length of the school day broke down overnight.",
    "The district had offered a raise of three percent and two additional days of leave, which"
    " the union called a step in the right direction and much too small.",
    "Parents were told by text message shortly before midnight, and several day centres opened"
    " their doors early for the children of nurses and firefighters.",
    "“I support them, but I also have to work,” said Marta Oyelaran, a mother of three who"
    " brought her youngest to her sister’s shop.",
    "The last strike in the district, nine years ago, lasted for sixteen days and ended with a"
    " contract that neither side has liked since.",
    "A mediator appointed by the state is to meet both sides on Friday morning, and the"
    " superintendent has promised to be there in person.",
    "Final examinations will take place as planned, the district said, because they are watched"
    " over by people who are not members of the union.",
)
WHALE = (
    "A humpback whale that had been caught in the nets of a salmon farm for two days swam free"
    " on Wednesday, to the cheers of some two hundred people on the shore.",
    "Divers had cut the last of the ropes shortly after sunrise, working in water so cold that"
    " none of them could stay below for more than a quarter of an hour.",
    "The animal, a female of about nine metres, appeared to be tired but not badly hurt, said"
    " the biologist who led the rescue, Anselm Rook.",
    "Whales follow the herring into the fjord every autumn, and in the past ten years six of"
    " them have become entangled there, two of which died.",
    "The owner of the farm said that it would pay for the rescue and would move the outermost"
    " of its pens closer to the land before the next season.",
    "Environmental groups want the government to ban the pens from the mouth of the fjord"
    " altogether, a demand that the fisheries minister has so far rejected.",
)
TAX = (
    "For thirty years this city has taxed what people build and spared what they leave empty,"
    " and then wondered why so much of it is empty.",
    "Walk down Garner Street on any afternoon and count the windows with paper behind them; I"
    " got to forty-one last week before the rain began.",
    "The proposal before the council is modest. It would charge the owners of vacant ground"
    " floors a fee that doubles with every year in which nothing is done.",
    "Those who oppose it say that owners cannot force anyone to rent a shop. That is true, and"
    " it is beside the point: they can ask for less.",
    "I have spoken to nine of these owners. Seven of them live elsewhere, and four could not"
    " tell me what their building looks like now.",
    "A tax is a poor tool for most things, but it is rather good at making people remember what"
    " they own, and that is all that is asked of this one.",
)
CHIP = (
    "The maker of memory chips said on Tuesday that its profit fell by a third in the quarter"
    " to September, as makers of telephones worked through what they had in store.",
    "Revenue came to 6.1 billion, a little more than analysts had forecast, and the company"
    " kept its outlook for the year as a whole.",
    "Shares rose by as much as four percent in early trading before giving up most of the gain"
    " by noon, in a market that was lower on the whole.",
    "Its new plant near the border is to start production in March, four months later than"
    " planned, because machines from abroad arrived late.",
    "The chief executive, Lena Tsai, told investors that demand from data centres had never"
    " been stronger and that prices had stopped falling in August.",
    "Two smaller rivals are to report their figures next week, and are expected to say much the"
    " same about telephones and rather less about data centres.",
)
GERMAN = (
    "Der Stadtrat hat am Dienstagabend beschlossen, das alte Hallenbad nicht abzureißen,"
    " sondern für elf Millionen Euro zu sanieren.",
    "Die Entscheidung fiel mit einer Mehrheit von nur zwei Stimmen, nachdem mehrere Abgeordnete"
    " ihre Meinung im Laufe der Sitzung geändert hatten.",
    "„Wir hätten das schon vor zehn Jahren tun sollen“, sagte Bürgermeisterin Ute Brandner nach"
    " der Abstimmung vor dem Rathaus.",
    "Das Bad wurde 1968 eröffnet und ist seit dem vergangenen Winter geschlossen, weil Teile"
    " der Decke herabgefallen waren.",
    "Die Arbeiten sollen im Herbst beginnen und zwei Jahre dauern; bis dahin fahren die"
    " Schulklassen mit dem Bus in die Nachbarstadt.",
)
FRENCH = (
    "La mairie a annoncé mercredi la fermeture de la bibliothèque du quartier des Forges, dont"
    " le toit menace de s’effondrer depuis les orages du mois dernier.",
    "Les trente mille volumes seront transportés dans un ancien entrepôt, où les lecteurs"
    " pourront les consulter à partir de la mi-novembre.",
    "« Nous n’avons pas le choix, la sécurité passe avant tout », a déclaré l’adjointe à la"
    " culture, Maëlle Kerbrat, devant une centaine d’habitants.",
    "Les travaux devraient coûter près de deux millions d’euros, dont une moitié sera prise en"
    " charge par le département.",
)
SPANISH = (
    "El tren que une la capital con la costa volvió a circular el lunes, tres semanas después"
    " de que un deslizamiento de tierra cubriera las vías cerca del túnel de Arcos.",
    "Los primeros pasajeros aplaudieron al maquinista cuando el convoy salió de la estación con"
    " doce minutos de retraso y casi todos los asientos ocupados.",
    "La empresa calcula que las pérdidas superan los nueve millones, y ha pedido al ministerio"
    " que pague una parte de los muros de contención.",
    "Los vecinos de Arcos, que durante ese tiempo tuvieron que viajar en autobús, piden que se"
    " abra de nuevo la antigua parada del pueblo.",
)
RUSSIAN = (
    "Жители посёлка Каменка во вторник вернулись в свои дома, которые им пришлось покинуть на"
    " прошлой неделе из-за лесного пожара.",
    "По словам главы района, огонь остановили в двух километрах от крайних домов, и никто из"
    " жителей не пострадал.",
    "Пожарные будут дежурить в лесу ещё не менее десяти дней, потому что ветер, как ожидают"
    " синоптики, снова усилится к выходным.",
    "Школа откроется в понедельник, а автобусы в областной центр уже ходят по обычному расписанию.",
)
CHINESE = (
    "市政府周三宣布,横跨青河的旧铁桥将于下月关闭,以便更换已有八十年历史的桥面。",
    "工程预计持续十四个月,期间行人可以使用临时浮桥,车辆则必须绕行北部的环城公路。",
    "附近的店主担心生意会受到影响。经营面馆的周女士说,她的客人大多是从对岸走过来的。",
    "市长表示,政府将向受影响的商户提供补贴,具体办法会在两周之内公布。",
)
ARABIC = (
    "أعلنت بلدية المدينة يوم الأحد أن السوق القديم سيغلق أبوابه ثلاثة أشهر لإصلاح سقفه الخشبي"
    " الذي تضرر بسبب الأمطار.",
    "وقال رئيس البلدية إن التجار سيحصلون على أماكن مؤقتة في الساحة المجاورة دون أن يدفعوا أي"
    " إيجار.",
    "ويعمل في السوق أكثر من أربعمئة تاجر، وقد طالب كثير منهم بالإصلاح منذ سنوات طويلة.",
    "وتبلغ كلفة المشروع نحو خمسة ملايين، تدفع الحكومة نصفها، ومن المتوقع أن ينتهي العمل قبل رمضان.",
)
BIN = "A short teaser about something else entirely that belongs to another page of this site."
