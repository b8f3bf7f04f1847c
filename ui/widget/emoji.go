package widget

import "strings"

// emojiGroups are the emoji that can be chosen, each with its English name, in the order of EmojiWords.Groups:
// faces, people, nature, food, places, activities, things, signs. All of them are in the font that Fyne brings,
// and are drawn of it: some narrow ones, as the exclamation mark, are not, and are left out.
var emojiGroups = [8]string{`
😀 grinning face happy
😃 smiling face open mouth happy
😄 laughing eyes happy
😁 beaming grin
😆 squinting laughing
😅 sweat relief phew
😂 tears of joy laughing lol
🙂 slight smile
🙃 upside down
😉 wink
😊 blush smile warm
😇 halo angel
😍 heart eyes love
😘 kiss
😋 yummy delicious tongue
😜 winking tongue joke
🤑 money rich
🤗 hug
🤔 thinking hmm
🤐 zipper mouth secret
😐 neutral
😑 expressionless
😏 smirk
😒 unamused
🙄 rolling eyes
😬 grimace awkward
😌 relieved calm
😔 pensive sad
😴 sleeping tired
😷 mask ill
🤒 thermometer ill fever
😎 sunglasses cool
🤓 nerd glasses
😕 confused
😟 worried
😮 surprised wow
😳 flushed embarrassed
😢 crying sad
😭 sobbing crying
😱 scream fear
😞 disappointed
😩 weary tired
😡 angry pouting
😠 annoyed angry
`, `
👍 thumbs up yes good ok
👎 thumbs down no bad
👌 ok hand perfect
✌️ victory peace
🤞 fingers crossed luck
👋 wave hello bye
👏 clap applause bravo
🙌 raised hands hooray
🙏 please thank you pray folded hands
💪 strong muscle
🤝 handshake deal
✋ raised hand stop
👉 point right
👈 point left
👆 point up
👇 point down
✍️ writing hand
🙋 hand up question me
🤷 shrug do not know
🤦 facepalm
👀 eyes look
👤 person user
👥 people team
👶 baby
👩 woman
👨 man
👪 family
👷 worker builder
👮 police officer
`, `
🐶 dog
🐱 cat
🐭 mouse
🐻 bear
🐼 panda
🐸 frog
🐢 turtle snail slow
🐝 bee
🐦 bird
🐟 fish
🌹 rose flower
🌻 sunflower
🌷 tulip flower
🌳 tree
🌲 evergreen tree
🍀 clover luck
☀️ sun sunny weather
⛅ cloud sun weather
☁️ cloud weather
🌧️ rain weather
❄️ snow cold winter
🌈 rainbow
🔥 fire hot
💧 drop water
`, `
☕ coffee tea hot drink
🍺 beer
🍷 wine
🍾 champagne bottle
🥂 cheers glasses toast
🍕 pizza
🍔 burger
🍟 fries
🌭 hot dog
🥗 salad
🍣 sushi
🍝 pasta spaghetti
🍞 bread
🧀 cheese
🍎 apple
🍌 banana
🍓 strawberry
🍇 grapes
🎂 birthday cake
🍰 cake
🍩 doughnut
🍫 chocolate
🍪 cookie
🍴 fork knife restaurant lunch
`, `
🚗 car
🚕 taxi
🚌 bus
🚚 truck delivery
🚲 bicycle bike
🚆 train
✈️ plane flight
🚀 rocket launch
⛽ fuel petrol gas
🏠 house home
🏢 office building
🏥 hospital
🏦 bank
🏨 hotel
🏪 shop store
🏭 factory
🏖️ beach holiday
⛰️ mountain
🌍 earth world globe
📍 pin place location
🗺️ map
🚪 door
🅿️ parking
`, `
🎉 party tada congratulations
🎁 gift present
🎈 balloon
🎄 christmas tree
🎃 pumpkin halloween
⚽ football soccer
🏀 basketball
🎾 tennis
🎮 game controller
🎵 music note
🎶 music notes
🎤 microphone
🎧 headphones headset
🎬 film movie
🏆 trophy winner
🥇 gold medal first
🎯 target dart
🎨 art palette
`, `
📞 telephone receiver call
☎️ telephone phone
📱 mobile phone smartphone
📲 phone arrow call me
💻 laptop computer
🖨️ printer
📧 e-mail
✉️ envelope letter mail
📦 package parcel box
📅 calendar date
📆 calendar day
⏰ alarm clock time
⌛ hourglass wait
🕐 clock one
📝 memo note write
📄 page document
📎 paperclip attachment
📌 pushpin
🔍 magnifying glass search
🔒 lock locked safe
🔓 unlocked
🔑 key
🔧 wrench repair
🔨 hammer tool
⚙️ gear settings
💡 bulb idea light
🔋 battery
💰 money bag
💳 credit card pay
🛒 shopping cart
💊 pill medicine
📷 camera photo
`, `
❤️ red heart love
💛 yellow heart
💚 green heart
💙 blue heart
💜 purple heart
💔 broken heart
✅ check mark done yes
✔️ check tick
❌ cross no wrong
❓ question mark
⚠️ warning attention
⛔ no entry stop
🚫 forbidden prohibited
💯 hundred perfect
⭐ star
✨ sparkles new
💬 speech bubble text message
💤 zzz sleep
🔔 bell reminder
🔕 bell off silent
➡️ arrow right
⬅️ arrow left
⬆️ arrow up
⬇️ arrow down
🔄 arrows again refresh
🆗 ok
🆕 new
🆓 free
`}

// emojiOf is one emoji and its names.
type emojiOf struct{ emoji, name string }

// emojiIn returns the emoji of a group.
func emojiIn(group int) []emojiOf {
	var all []emojiOf
	for _, line := range strings.Split(strings.TrimSpace(emojiGroups[group]), "\n") {
		emoji, name, _ := strings.Cut(line, " ")
		all = append(all, emojiOf{emoji, name})
	}
	return all
}

// findEmoji returns those that have, for each word of the query, a word in their name that begins with it.
func findEmoji(query string) []string {
	words := strings.Fields(strings.ToLower(query))
	var found []string
	for group := range emojiGroups {
		for _, e := range emojiIn(group) {
			if hasWords(e.name, words) {
				found = append(found, e.emoji)
			}
		}
	}
	return found
}

func hasWords(name string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(" "+name, " "+word) {
			return false
		}
	}
	return true
}

// recentEmoji returns the list with the emoji before all.
func recentEmoji(recent []string, emoji string) []string {
	const kept = 2 * emojiColumns
	all := []string{emoji}
	for _, e := range recent {
		if e != emoji && len(all) < kept {
			all = append(all, e)
		}
	}
	return all
}
