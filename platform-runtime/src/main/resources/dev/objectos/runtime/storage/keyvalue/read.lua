-- Entries that are alive, of keys that are given or follow in an index.
-- KEYS: 1 the index, where keys follow in it
-- ARGV: 1 now, 2 prefix of entries, then 'keys' and keys, or 'scan' and from where, to where, how many
local now = tonumber(ARGV[1])
local found = {}

local function add(key)
  local entry = redis.call('HMGET', ARGV[2] .. key, 'v', 'n', 'c', 'k', 'x', 'r', 'u')
  if entry[3] and (not entry[5] or tonumber(entry[5]) > now) then
    found[#found + 1] = {key, entry[1], entry[2], entry[3], entry[4], entry[5], entry[6], entry[7]}
  end
end

if ARGV[3] == 'keys' then
  for i = 4, #ARGV do
    add(ARGV[i])
  end
  return found
end

local from, limit = ARGV[4], tonumber(ARGV[6])
while #found < limit do
  local keys = redis.call('ZRANGEBYLEX', KEYS[1], from, ARGV[5], 'LIMIT', 0, limit - #found)
  if #keys == 0 then
    break
  end
  for _, key in ipairs(keys) do
    add(key)
  end
  from = '(' .. keys[#keys]
end
return found
