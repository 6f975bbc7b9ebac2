select parcels.id, recipient, handed_in
from parcels left join scans on scans.parcel_id = parcels.id
where scans.id is null
order by 1
